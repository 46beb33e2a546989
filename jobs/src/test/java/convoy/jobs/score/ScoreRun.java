package convoy.jobs.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.data.image.Encoder;
import convoy.jobs.ConsoleCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Runs {@code convoy score} in this JVM on a local Spark, and reads its rows. */
final class ScoreRun {
  static final Path DATA = Path.of("../../shared/data").toAbsolutePath().normalize();

  private ScoreRun() {}

  static ConsoleCapture run(String... arguments) {
    System.setProperty("spark.master", "local[2]");
    try {
      return ConsoleCapture.of(arguments);
    } finally {
      System.clearProperty("spark.master");
    }
  }

  static String[] arguments(Path model, Path in, Path out, String format, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "score",
                "--model",
                model.toString(),
                "--in",
                in.toString(),
                "--out",
                out.toString(),
                "--format",
                format));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  /** A small drawn picture; equal numbers give equal bytes. */
  static byte[] picture(int number) {
    return PICTURES.get(number % PICTURES.size());
  }

  private static final List<byte[]> PICTURES = pictures();

  private static List<byte[]> pictures() {
    List<byte[]> pictures = new ArrayList<>();
    for (int k = 0; k < 16; k++) {
      byte[] pixels = new byte[40 * 36 * 3];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) (i * (k + 1) / 7 + 16 * k);
      }

      pictures.add(Encoder.png(new convoy.data.image.Picture(40, 36, 3, pixels)));
    }

    return pictures;
  }

  static void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  /** Path to row, from all parts of a jsonl folder; fails on a path with two rows. */
  static Map<String, JsonNode> rows(Path out) throws IOException {
    Map<String, JsonNode> rows = new TreeMap<>();
    for (Path part : parts(out)) {
      for (String line : Files.readAllLines(part)) {
        JsonNode row = new ObjectMapper().readTree(line);
        if (rows.put(row.get("path").asText(), row) != null) {
          throw new AssertionError("two rows for " + row);
        }
      }
    }

    return rows;
  }

  static List<Path> parts(Path out) throws IOException {
    try (Stream<Path> files = Files.list(out)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("part-"))
          .sorted()
          .toList();
    }
  }

  /** Every file, hidden ones too, with the time of its last change. */
  static Map<String, FileTime> times(Path out) throws IOException {
    Map<String, FileTime> times = new TreeMap<>();
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.toList()) {
        times.put(out.relativize(file).toString(), Files.getLastModifiedTime(file));
      }
    }

    return times;
  }

  /** Names that are not hidden. */
  static List<String> visible(Path out) throws IOException {
    try (Stream<Path> files = Files.list(out)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }
}
