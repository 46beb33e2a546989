package convoy.jobs.prepare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.jobs.ConsoleCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Runs {@code convoy prepare} in this JVM on a local Spark, and reads its dataset. */
final class PrepareRun {
  private PrepareRun() {}

  /** Pictures of the project's data, beside the checkout. */
  static final Path DATA = Path.of("../../shared/data").toAbsolutePath().normalize();

  static ConsoleCapture folder(Path in, Path out, String... more) {
    return run("local[2]", 4, arguments("folder", in, out, more));
  }

  static String[] arguments(String source, Path in, Path out, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("prepare", "--source", source, "--in", in.toString(), "--out", out.toString()));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  static ConsoleCapture run(String master, int parallelism, String... arguments) {
    Map<String, String> settings =
        Map.of("spark.master", master, "spark.default.parallelism", Integer.toString(parallelism));
    settings.forEach(System::setProperty);
    try {
      return ConsoleCapture.of(arguments);
    } finally {
      settings.keySet().forEach(System::clearProperty);
    }
  }

  static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  static List<JsonNode> quarantine(Path dataset) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(dataset.resolve("quarantine.jsonl"))) {
      lines.add(new ObjectMapper().readTree(line));
    }

    return lines;
  }

  /** The visible files with their bytes, without _run.json. */
  static Map<String, byte[]> content(Path dataset) throws IOException {
    Map<String, byte[]> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(dataset)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (!name.startsWith(".") && !name.equals("_run.json")) {
          content.put(dataset.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
    }

    return content;
  }
}
