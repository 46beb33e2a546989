package convoy.benchmarks.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A way in a Python process that stays alive and works only while it is asked. */
final class PythonWay implements Way {
  private final String name;
  private final Process process;
  private final Writer requests;
  private final BufferedReader answers;

  /**
   * Starts the process.
   *
   * @param way the name of the way in pictures.py
   */
  PythonWay(String name, Path python, Path script, String way, Path folder) throws IOException {
    this.name = name;
    this.process =
        new ProcessBuilder(python.toString(), script.toString(), way, folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double pass() throws IOException {
    requests.write("pass\n");
    requests.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException(name + " ended; see above");
    }

    return Double.parseDouble(answer);
  }

  /** The process ends with its input. */
  @Override
  public void close() throws IOException {
    requests.close();
    answers.close();
  }
}
