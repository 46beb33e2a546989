package convoy.jobs.spark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The type of this processor. Only processors of the same type give the same floats. */
public final class Cpu {
  /** The features by which the engine chooses its code. */
  private static final List<String> FEATURES =
      List.of("avx2", "avx512f", "avx512_bf16", "amx_tile");

  private static final String TYPE = read();

  private Cpu() {}

  /** Model and vector features, such as {@code AMD EPYC (avx2 avx512f)}. */
  public static String type() {
    return TYPE;
  }

  private static String read() {
    List<String> lines;
    try {
      lines = Files.readAllLines(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8);
    } catch (IOException unknown) {
      return System.getProperty("os.arch");
    }

    List<String> flags = List.of(value(lines, "flags").split(" "));
    String features = FEATURES.stream().filter(flags::contains).collect(Collectors.joining(" "));
    return value(lines, "model name") + " (" + features + ")";
  }

  private static String value(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .orElse("");
  }
}
