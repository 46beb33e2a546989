package convoy.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.jobs.ConsoleCapture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests that begin with a copy of a finished run, changed as if it had stopped early. */
abstract class OnStoppedRun {
  static final ObjectMapper JSON = new ObjectMapper();

  /** 36 pictures: 2 rounds an epoch, a checkpoint after each second. */
  private static final String RECIPE =
      """
      model: {name: lenet5-modern, inputSize: 32, inputChannels: 3}
      data: {train: [{flip: horizontal}], evaluation: [{centerCrop: 32}]}
      optimizer: {momentum: 0.9, weightDecay: 0.0005}
      schedule: {name: constant, learningRate: 0.01}
      training: {epochs: 2, workers: 2, batchSizePerWorker: 8, seed: 7}
      sync: {interval: 2}
      checkpoint: {everyRounds: 2, keep: 100}
      """;

  @TempDir private static Path folder;
  static Path dataset;
  private static Path recipe;
  static Path whole;
  @TempDir Path own;
  Path run;

  @BeforeAll
  static void trainOnce() throws IOException {
    System.setProperty("spark.master", "local[2]");
    Path pictures = folder.resolve("pictures");
    dataset = folder.resolve("dataset");
    convoy("generate", "--out=" + pictures, "--classes=4", "--per-class=9", "--size=32");
    convoy("prepare", "--source=folder", "--in=" + pictures, "--out=" + dataset);
    recipe = Files.writeString(folder.resolve("recipe.yaml"), RECIPE);
    whole = folder.resolve("whole");
    assertThat(train(whole).exitCode()).isZero();
  }

  @AfterAll
  static void clear() {
    System.clearProperty("spark.master");
  }

  @BeforeEach
  void copy() throws IOException {
    run = own.resolve("run");
    try (Stream<Path> all = Files.walk(whole)) {
      for (Path path : all.toList()) {
        Files.copy(path, run.resolve(whole.relativize(path).toString()));
      }
    }

    change(run.resolve("status.json"), status -> status.put("state", "failed"));
    for (Path file : List.of(weights(run), weights(run).resolveSibling("model.json"))) {
      Files.delete(file);
    }
  }

  static void replace(Path file, String text) throws IOException {
    Files.writeString(file, text);
  }

  static ConsoleCapture train(Path out, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("train", "--recipe=" + recipe, "--out=" + out));
    if (Stream.of(more).noneMatch(option -> option.startsWith("--data="))) {
      arguments.add("--data=" + dataset);
    }

    arguments.addAll(List.of(more));
    return ConsoleCapture.of(arguments.toArray(String[]::new));
  }

  private static void convoy(String... arguments) {
    assertThat(ConsoleCapture.of(arguments).exitCode()).isZero();
  }

  static Path weights(Path run) {
    return run.resolve("model/weights.safetensors");
  }

  List<Integer> rounds() throws IOException {
    return metrics()
        .filter(line -> line.has("loss"))
        .map(line -> line.get("round").asInt())
        .toList();
  }

  List<Integer> evaluatedEpochs() throws IOException {
    return metrics()
        .filter(line -> line.has("evaluation"))
        .map(line -> line.get("evaluation").get("epoch").asInt())
        .toList();
  }

  Stream<JsonNode> metrics() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      lines.add(JSON.readTree(line));
    }

    return lines.stream();
  }

  static void change(Path file, Edit edit) throws IOException {
    ObjectNode json = (ObjectNode) JSON.readTree(file.toFile());
    edit.apply(json);
    Files.writeString(file, JSON.writeValueAsString(json));
  }

  /** Makes the manifest fit a changed file. */
  static void seal(Path checkpoint, String name) throws IOException {
    byte[] bytes = Files.readAllBytes(checkpoint.resolve(name));
    change(
        checkpoint.resolve("manifest.json"),
        manifest -> {
          ((ObjectNode) manifest.path("files").path(name))
              .put("bytes", bytes.length)
              .put("sha256", sha256(bytes));
          withChecksum(manifest);
        });
  }

  /** Makes the manifest's own checksum fit. */
  static void withChecksum(ObjectNode manifest) {
    manifest.remove("checksum");
    manifest.put("checksum", sha256(manifest.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A change to a JSON object. */
  @FunctionalInterface
  interface Edit {
    void apply(ObjectNode json);
  }
}
