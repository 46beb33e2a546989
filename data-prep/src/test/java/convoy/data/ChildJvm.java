package convoy.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A test program that has run in a separate process: its exit code, the lines of its standard
 * output, and its standard error.
 */
public record ChildJvm(int exitCode, List<String> lines, String messages) {
  private static final long LIMIT_MINUTES = 10;

  /** Runs {@code program} with options of the JVM, such as the heap size. */
  public static ChildJvm run(List<String> options, Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    return run(Map.of(), options, program, arguments);
  }

  /** Runs {@code program} with variables that replace those of this process's environment. */
  public static ChildJvm run(
      Map<String, String> environment, List<String> options, Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile("child", ".out");
    Path err = Files.createTempFile("child", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
      assertThat(ended).as("%s ends within %d min", program, LIMIT_MINUTES).isTrue();
      return new ChildJvm(
          process.exitValue(), Files.readAllLines(out, UTF_8), Files.readString(err, UTF_8));
    } finally {
      process.destroyForcibly();
      Files.delete(out);
      Files.delete(err);
    }
  }

  /**
   * Returns its lines if it ended with 0. Otherwise the test fails and shows everything it printed.
   */
  public List<String> survived() {
    assertThat(exitCode).as("%s%n%s", lines, messages).isZero();
    return lines;
  }
}
