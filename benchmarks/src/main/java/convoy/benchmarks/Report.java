package convoy.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The result for other programs.
 *
 * @param cpu the processor's model
 * @param command the command that was run
 */
public record Report<R>(String cpu, String command, List<R> rows) {
  public Report {
    rows = List.copyOf(rows);
  }

  public void write(Path file) throws IOException {
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), this);
  }

  /** Returns the name that Linux gives to this machine's processor. */
  public static String thisCpu() throws IOException {
    return Files.readAllLines(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8).stream()
        .filter(line -> line.startsWith("model name"))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .orElse("unknown");
  }
}
