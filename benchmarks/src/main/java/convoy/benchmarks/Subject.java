package convoy.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The client of a {@link Server}. The server computes while it is asked and rests otherwise. */
final class Subject implements AutoCloseable {
  private final Engine engine;
  private final Path log;
  private final Process process;
  private final PrintStream requests;
  private final BufferedReader answers;

  Subject(Engine engine, Workload workload) throws IOException {
    this(engine, workload, "4g");
  }

  /**
   * Starts the server's process.
   *
   * @param heap size of its Java heap, as in the option -Xmx
   */
  Subject(Engine engine, Workload workload, String heap) throws IOException {
    this.engine = engine;
    this.log = Files.createTempFile("bench-" + engine + "-", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command(engine, workload, heap)).redirectError(log.toFile());
    Map<String, String> environment = builder.environment();
    environment
        .keySet()
        .removeIf(name -> name.matches("(MALLOC|OMP|GOMP|OPENBLAS|DNNL|ONEDNN)_.*"));
    environment.put("OMP_NUM_THREADS", Integer.toString(workload.threads()));
    environment.putAll(engine.environment());
    this.process = builder.start();
    this.requests = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  private static List<String> command(Engine engine, Workload workload, String heap) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + heap,
            "-Dorg.bytedeco.javacpp.maxBytes=0",
            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
            "-Dorg.eclipse.deeplearning4j.helpers.disable=" + engine.asItComes(),
            "-cp",
            System.getProperty("java.class.path"),
            Server.class.getName(),
            engine.name(),
            workload.network(),
            Boolean.toString(workload.heads()),
            workload.mode().name(),
            Integer.toString(workload.threads()),
            Integer.toString(workload.batch()),
            Integer.toString(workload.classes()),
            workload.precision().toString()));
    return command;
  }

  Engine engine() {
    return engine;
  }

  /** Returns the losses of the first iterations, with dropout off. */
  double[] losses(int iterations) {
    return Arrays.stream(ask("losses " + iterations).split(" "))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  /** Returns the time of this many more iterations. */
  double seconds(int iterations) {
    return Double.parseDouble(ask("seconds " + iterations));
  }

  /** Returns the most bytes that were resident so far, after this many more iterations. */
  long memory(int iterations) {
    return Long.parseLong(ask("memory " + iterations));
  }

  private String ask(String request) {
    requests.println(request);
    try {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        if (line.startsWith(Server.ANSWER)) {
          return line.substring(Server.ANSWER.length());
        }
      }

      throw new IllegalStateException(
          "%s ended while it was asked for %s:%n%s".formatted(engine, request, lastLines()));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private String lastLines() throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }

  @Override
  public void close() throws IOException {
    requests.close();
    process.destroy();
    process.onExit().join();
    Files.delete(log);
  }
}
