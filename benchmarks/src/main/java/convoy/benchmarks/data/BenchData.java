package convoy.benchmarks.data;

import convoy.data.image.Decoder;
import convoy.data.pipeline.Pipeline;
import convoy.data.pipeline.Pipelines;
import convoy.data.pipeline.Preprocessing;
import convoy.data.transform.ColourComponents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The command {@code bench-data FOLDER PYTHON SCRIPT}: compares Convoy's pipelines from JPEG files
 * to 224 px floats with libjpeg-turbo alone, Pillow and ImageIO. The ways take turns; the results
 * are medians of CPU seconds.
 */
final class BenchData {
  private static final int SIZE = 224;
  private static final double[] MEAN = {123.675, 116.28, 103.53};
  private static final double[] STD = {58.395, 57.12, 57.375};
  private static final int WARM_UP = 6;
  private static final int ROUNDS = 9;

  private BenchData() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Path python = Path.of(arguments[1]);
    Path script = Path.of(arguments[2]);
    List<byte[]> files = files(folder);
    List<Way> ways = new ArrayList<>();
    ways.add(new PythonWay("libjpeg-turbo alone", python, script, "bare", folder));
    ways.add(new JavaWay("decoder alone", files, Decoder::decode));
    ways.add(convoy("evaluation", files, evaluation(true)));
    ways.add(convoy("evaluation, antialias: false", files, evaluation(false)));
    ways.add(convoy("randomResizedCrop and flip", files, training(true)));
    ways.add(convoy("the same, antialias: false", files, training(false)));
    ways.add(new PythonWay("Pillow", python, script, "pillow", folder));
    FloatBuffer input = direct(3 * SIZE * SIZE);
    ways.add(
        new JavaWay(
            "ImageIO and Java2D",
            files,
            file -> ImageIoWay.run(file, SIZE, MEAN, STD, input.clear())));
    try {
      print(files, measure(ways));
    } finally {
      for (Way way : ways) {
        way.close();
      }
    }
  }

  private static List<byte[]> files(Path folder) throws IOException {
    List<byte[]> files = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(path -> path.toString().endsWith(".JPEG")).sorted().toList()) {
        files.add(Files.readAllBytes(path));
      }
    }

    return files;
  }

  private static Pipeline evaluation(boolean antialias) {
    return Pipelines.evaluation(
        preprocessing(
            List.of(
                Map.of("resize", Map.of("size", SIZE, "antialias", antialias)),
                Map.of("centerCrop", SIZE))));
  }

  static Pipeline training(boolean antialias) {
    return Pipelines.training(
        List.of(
            Map.of("randomResizedCrop", Map.of("size", SIZE, "antialias", antialias)),
            Map.of("flip", "horizontal")),
        preprocessing(List.of()),
        ColourComponents.NONE);
  }

  private static Preprocessing preprocessing(List<Map<String, Object>> evaluation) {
    return new Preprocessing(
        SIZE,
        3,
        1,
        Arrays.stream(MEAN).boxed().toList(),
        Arrays.stream(STD).boxed().toList(),
        evaluation);
  }

  private static Way convoy(String name, List<byte[]> files, Pipeline pipeline) {
    FloatBuffer input = direct(pipeline.length());
    long[] seed = {0};
    return new JavaWay(
        name, files, file -> pipeline.apply(Decoder.decode(file), seed[0]++, input.clear()));
  }

  private static Map<Way, Double> measure(List<Way> ways) throws IOException {
    Map<Way, List<Double>> seconds = new LinkedHashMap<>();
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (Way way : ways) {
        double pass = way.pass();
        if (round >= 0) {
          seconds.computeIfAbsent(way, unseen -> new ArrayList<>()).add(pass);
        }
      }
    }

    Map<Way, Double> medians = new LinkedHashMap<>();
    seconds.forEach(
        (way, passes) -> medians.put(way, passes.stream().sorted().toList().get(ROUNDS / 2)));
    return medians;
  }

  private static void print(List<byte[]> files, Map<Way, Double> medians) {
    long bytes = files.stream().mapToLong(file -> file.length).sum();
    double bare = medians.values().iterator().next();
    System.out.printf(Locale.ROOT, "%d pictures, %.1f MB%n", files.size(), bytes / 1e6);
    System.out.printf(
        Locale.ROOT, "%-32s %10s %8s %6s%n", "one core", "pictures/s", "MB/s", "times");
    medians.forEach(
        (way, seconds) ->
            System.out.printf(
                Locale.ROOT,
                "%-32s %10.0f %8.1f %6.2f%n",
                way.name(),
                files.size() / seconds,
                bytes / 1e6 / seconds,
                seconds / bare));
  }

  static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
