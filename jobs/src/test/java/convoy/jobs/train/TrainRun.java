package convoy.jobs.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.jobs.ConsoleCapture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Runs {@code convoy train} in this JVM on a local Spark, with drawn pictures. */
final class TrainRun {
  /** Dropout, crop, flip, momentum: everything that draws or remembers. */
  static final String ALEXNET =
      """
      model: {name: alexnet-one-tower, inputSize: 63, dropout: 0.5}
      data:
        train: [{randomCrop: {size: 63, padding: 4}}, {flip: horizontal}]
        evaluation: [{centerCrop: 63}]
      optimizer: {momentum: 0.9, weightDecay: 0.0005}
      schedule: {name: constant, learningRate: 0.01}
      training: {epochs: 1, workers: 2, batchSizePerWorker: 4, seed: 7}
      sync: {interval: 1}
      checkpoint: {everyRounds: 2, keep: 100}
      """;

  static final String LENET =
      """
      model: {name: lenet5-modern, inputSize: 32, inputChannels: 3}
      data:
        train: [{randomCrop: {size: 32, padding: 2}}, {flip: horizontal}]
        evaluation: [{centerCrop: 32}]
      optimizer: {momentum: 0.9, weightDecay: 0.0005}
      schedule: {name: step, learningRate: 0.01, factor: 0.5, everyEpochs: 1}
      training: {epochs: 2, workers: 2, batchSizePerWorker: 8, seed: 7}
      sync: {interval: 2}
      checkpoint: {everyRounds: 2, keep: 100}
      """;

  private TrainRun() {}

  /** A dataset of drawn pictures. */
  static Path dataset(Path folder, int classes, int perClass, int size) {
    Path pictures = folder.resolve("pictures");
    Path dataset = folder.resolve("dataset");
    run(
        "local[2]",
        "generate",
        "--out=" + pictures,
        "--classes=" + classes,
        "--per-class=" + perClass,
        "--size=" + size);
    run("local[2]", "prepare", "--source=folder", "--in=" + pictures, "--out=" + dataset);
    return dataset;
  }

  static ConsoleCapture train(String master, String recipe, Path dataset, Path out, String... more)
      throws IOException {
    Path file = Files.createTempFile("recipe", ".yaml");
    Files.writeString(file, recipe);
    List<String> arguments =
        new ArrayList<>(List.of("train", "--recipe=" + file, "--data=" + dataset, "--out=" + out));
    arguments.addAll(List.of(more));
    try {
      return run(master, arguments.toArray(String[]::new));
    } finally {
      Files.delete(file);
    }
  }

  static ConsoleCapture run(String master, String... arguments) {
    System.setProperty("spark.master", master);
    try {
      return ConsoleCapture.of(arguments);
    } finally {
      System.clearProperty("spark.master");
    }
  }

  static byte[] weights(Path run) throws IOException {
    return Files.readAllBytes(run.resolve("model/weights.safetensors"));
  }

  static JsonNode status(Path run) throws IOException {
    return new ObjectMapper().readTree(run.resolve("status.json").toFile());
  }

  /** Rounds in metrics.jsonl, in order. */
  static List<Integer> rounds(Path run) throws IOException {
    List<Integer> rounds = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      JsonNode json = new ObjectMapper().readTree(line);
      if (json.has("loss")) {
        rounds.add(json.get("round").asInt());
      }
    }

    return rounds;
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      all.forEach(
          path -> {
            try {
              Files.copy(path, to.resolve(from.relativize(path).toString()));
            } catch (IOException problem) {
              throw new UncheckedIOException(problem);
            }
          });
    }
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }

    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Changes a finished run as if it had ended in its middle. */
  static void failed(Path run) throws IOException {
    Path status = run.resolve("status.json");
    Files.writeString(status, Files.readString(status).replace("\"done\"", "\"failed\""));
  }

  /** Changes one bit near the end of a file. */
  static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 5] ^= 1;
    Files.write(file, bytes);
  }
}
