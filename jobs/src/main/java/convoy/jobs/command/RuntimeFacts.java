package convoy.jobs.command;

import convoy.jobs.ConvoyVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.util.VersionInfo;

/** What this process runs on: versions, CPU, native libraries. */
final class RuntimeFacts {
  private static final List<String> FEATURES =
      List.of("avx2", "avx512f", "avx512_bf16", "amx_tile");

  private RuntimeFacts() {}

  /** Name to text, or to a list of lines. */
  static Map<String, Object> collect() throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("java", System.getProperty("java.runtime.version"));
    facts.put("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    facts.put("scala", scala.util.Properties.versionNumberString());
    facts.put("hadoop", VersionInfo.getVersion());
    facts.put("dl4j", ConvoyVersion.of("dl4j"));
    facts.put("openblas", ConvoyVersion.of("openblas"));
    facts.put("opencv", ConvoyVersion.of("opencv"));
    facts.put("cpu", cpu());
    facts.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    facts.put("loaded", loadedLibraries());
    return facts;
  }

  private static String cpu() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(file)) {
      return System.getProperty("os.arch");
    }

    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
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

  /** Native libraries mapped into this process that are not the system's or Java's own. */
  private static List<String> loadedLibraries() throws IOException {
    Path maps = Path.of("/proc/self/maps");
    if (!Files.isReadable(maps)) {
      return List.of();
    }

    try (Stream<String> lines = Files.lines(maps, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.contains("/") && line.contains(".so"))
          .map(line -> line.substring(line.indexOf('/')))
          .filter(path -> path.contains("javacpp") || path.contains("bytedeco"))
          .map(path -> String.valueOf(Path.of(path).getFileName()))
          .distinct()
          .sorted()
          .toList();
    }
  }
}
