package convoy.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that has ended: its exit code and what it printed. */
public record Finished(int exitCode, String out, String err) {
  /**
   * Runs a process to its end. If it takes longer than {@code limit}, it is killed and the test
   * fails.
   *
   * @param environment variables that replace those of this process; a null value removes one
   */
  public static Finished run(
      Duration limit, Map<String, String> environment, Path folder, List<String> command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("convoy", ".out");
    Path err = Files.createTempFile("convoy", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    environment.forEach(
        (name, value) -> {
          if (value == null) {
            builder.environment().remove(name);
          } else {
            builder.environment().put(name, value);
          }
        });

    Process process = builder.start();
    try {
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      Finished finished = new Finished(ended ? process.exitValue() : -1, read(out), read(err));
      if (!ended) {
        throw new AssertionError(command + " took longer than " + limit + "\n" + finished);
      }

      return finished;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Returns this if the exit code is right. Otherwise the test fails and shows the output. */
  public Finished exits(int expected) {
    assertThat(exitCode).as("exit code of the process%n%s%n%s", out, err).isEqualTo(expected);
    return this;
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
