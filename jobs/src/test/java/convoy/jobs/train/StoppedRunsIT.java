package convoy.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.jobs.ConsoleCapture;
import java.io.IOException;
import java.io.InputStream;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that ended at an awkward place, and how they go on. */
class StoppedRunsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

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
  private static Path dataset;
  private static Path recipe;
  private static Path whole;
  @TempDir private Path own;
  private Path run;

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

  @Test
  void aValidationThatAStopLeftOutIsMadeUp() throws IOException {
    Path checkpoint = run.resolve("checkpoints/round-00000004");
    change(
        checkpoint.resolve("state.json"),
        state -> state.put("evaluatedEpoch", 1).remove("lastTop1"));
    seal(checkpoint, "state.json");
    assertThat(train(run, "--resume").exitCode()).isZero();
    assertThat(evaluatedEpochs()).containsExactly(1, 2);
    assertThat(status(run).get("top1")).isEqualTo(status(whole).get("top1"));
  }

  @Test
  void aStateOfTheFirstFormatIsRead() throws IOException {
    TrainRun.delete(run.resolve("checkpoints/round-00000004"));
    Path checkpoint = run.resolve("checkpoints/round-00000002");
    Files.delete(checkpoint.resolve(".state.json.crc"));
    try (InputStream sample = getClass().getResourceAsStream("state-version-1.json")) {
      Files.write(checkpoint.resolve("state.json"), sample.readAllBytes());
    }

    seal(checkpoint, "state.json");
    ConsoleCapture resumed = train(run, "--resume");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err()).doesNotContain("not whole");
    assertThat(weights(run)).hasSameBinaryContentAs(weights(whole));
  }

  @Test
  void aNewerConvoysCheckpointIsRefusedAndStays() throws IOException {
    Path checkpoint = run.resolve("checkpoints/round-00000004");
    change(checkpoint.resolve("manifest.json"), manifest -> manifest.put("formatVersion", 2));
    ConsoleCapture refused = train(run, "--resume");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("formatVersion 2", "use a newer Convoy");
    assertThat(checkpoint.resolve("weights.safetensors")).exists();
  }

  @Test
  void aCheckpointWithAGarbledManifestIsPassedOver() throws IOException {
    Path manifest = run.resolve("checkpoints/round-00000004/manifest.json");
    Files.delete(manifest.resolveSibling(".manifest.json.crc"));
    Files.writeString(manifest, "{\"formatVersion\": 1, \"fi");
    assertThat(train(run, "--resume").exitCode()).isZero();
    assertThat(weights(run)).hasSameBinaryContentAs(weights(whole));
    assertThat(evaluatedEpochs()).containsExactly(1, 2);
  }

  @Test
  void aRunThatDivergedGoesOnWithALowerLearningRate() throws IOException {
    ConsoleCapture diverged =
        train(run, "--resume", "--set=training.epochs=3", "--set=schedule.learningRate=1000");
    assertThat(diverged.exitCode()).as(diverged.err()).isEqualTo(5);
    assertThat(diverged.err()).contains("the last checkpoint is of round 4", "--resume");
    ConsoleCapture again =
        train(run, "--resume", "--set=training.epochs=3", "--set=schedule.learningRate=0.001");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(status(run).get("state").asText()).isEqualTo("done");
    assertThat(rounds()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"state\":\"fai", "{}", "", "null", "[]"})
  void aDamagedStatusStopsNoResume(String text) throws IOException {
    TrainRun.delete(run.resolve("checkpoints/round-00000004"));
    replace(run.resolve("status.json"), text);
    ConsoleCapture resumed = train(run, "--resume");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(weights(run)).hasSameBinaryContentAs(weights(whole));
    assertThat(status(run).get("state").asText()).isEqualTo("done");
  }

  @Test
  void aCutLineOfTheMetricsStopsNoResume() throws IOException {
    Path metrics = run.resolve("metrics.jsonl");
    String text = Files.readString(metrics);
    replace(metrics, text.substring(0, text.length() - 20));
    ConsoleCapture resumed = train(run, "--resume");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(rounds()).containsExactly(1, 2, 3, 4);
    assertThat(evaluatedEpochs()).containsExactly(1);
    // The file system's own checksum notices too.
    Files.writeString(metrics, text);
    TrainRun.failed(run);
    assertThat(train(run, "--resume").exitCode()).isZero();
    assertThat(run.resolve("metrics-damaged.jsonl")).exists();
  }

  @Test
  void aModelWhoseEvaluationIsRandomIsRefusedBeforeItIsUsed() throws IOException {
    Path model = whole.resolve("model");
    Path copy = Files.createDirectories(own.resolve("model"));
    for (String file : List.of("model.json", "weights.safetensors")) {
      Files.copy(model.resolve(file), copy.resolve(file));
    }

    change(
        copy.resolve("model.json"),
        json ->
            json.withObject("/preprocessing")
                .putArray("evaluation")
                .addObject()
                .put("randomCrop", 32));
    ConsoleCapture refused = ConsoleCapture.of("evaluate", "--model=" + copy, "--data=" + dataset);
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("model.json: ", "which is random").hasLineCount(1);
  }

  @Test
  void theLossOfAnEpochIsTheMeanOfItsExamplesAlsoWhenItWasInterrupted() throws IOException {
    List<JsonNode> before = metrics().toList();
    double sum = 0;
    long examples = 0;
    for (JsonNode line : before) {
      if (line.path("round").asInt() > 2 && line.has("loss")) {
        sum += line.get("loss").asDouble() * line.get("images").asLong();
        examples += line.get("images").asLong();
      }
    }

    JsonNode second = trainingOf(2, before);
    assertThat(second.get("examples").asLong()).isEqualTo(examples).isEqualTo(36);
    assertThat(second.get("loss").asDouble()).isCloseTo(sum / examples, within(1e-9));

    // From the middle of an epoch on: the checkpoint knows what was met before.
    Path other = own.resolve("other");
    String each = "--set=checkpoint.everyRounds=1";
    assertThat(train(other, each).exitCode()).isZero();
    TrainRun.delete(other.resolve("checkpoints/round-00000004"));
    TrainRun.failed(other);
    assertThat(train(other, "--resume", each).exitCode()).isZero();
    List<JsonNode> again = new ArrayList<>();
    for (String line : Files.readAllLines(other.resolve("metrics.jsonl"))) {
      again.add(JSON.readTree(line));
    }

    assertThat(trainingOf(2, again)).isEqualTo(second);
  }

  /** The one line of an epoch's training. */
  private static JsonNode trainingOf(int epoch, List<JsonNode> metrics) {
    List<JsonNode> found =
        metrics.stream()
            .map(line -> line.path("training"))
            .filter(training -> training.path("epoch").asInt() == epoch)
            .toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  void aFinishedRunWithoutItsModelGetsItAgain() throws IOException {
    change(run.resolve("status.json"), status -> status.put("state", "done"));
    assertThat(train(run, "--resume").exitCode()).isZero();
    assertThat(weights(run)).hasSameBinaryContentAs(weights(whole));
    assertThat(weights(run).resolveSibling("model.json")).exists();
    assertThat(rounds()).containsExactly(1, 2, 3, 4);
    assertThat(train(run, "--resume").out()).startsWith("nothing to do");
  }

  @Test
  void aRunGoesOnOnFewerCoresWhenThatIsAskedFor() {
    Path other = own.resolve("other");
    String worker = "--set=training.workers=1"; // Of two cores: both are this worker's.
    assertThat(train(other, worker, "--set=training.epochs=1").exitCode()).isZero();
    System.setProperty("spark.master", "local[1]");
    try {
      ConsoleCapture refused = train(other, worker, "--resume");
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err())
          .contains("a task needs 2 cores", "local[1] has 1", "--set training.coresPerWorker=1")
          .hasLineCount(1);
      ConsoleCapture fewer = train(other, worker, "--resume", "--set=training.coresPerWorker=1");
      assertThat(fewer.exitCode()).as(fewer.err()).isZero();
    } finally {
      System.setProperty("spark.master", "local[2]");
    }

    assertThat(other.resolve("recipe.yaml")).content().contains("coresPerWorker: 1");
  }

  @Test
  void aBrokenRecipeOfTheRunIsNamedByItsFile() throws IOException {
    replace(run.resolve("recipe.yaml"), "model: [");
    ConsoleCapture refused = train(run, "--resume");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err())
        .contains(run + "/recipe.yaml of the run is damaged", "no YAML at line 1")
        .hasLineCount(1);
  }

  @Test
  void aRunInsideItsDatasetIsRefused() {
    ConsoleCapture refused = train(dataset.resolve("train/run"));
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("lie inside one another").hasLineCount(1);
    assertThat(dataset.resolve("train/run")).doesNotExist();
  }

  private static void replace(Path file, String text) throws IOException {
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    Files.writeString(file, text);
  }

  @Test
  void aFailedTaskLeavesAFailedRunWithItsReason() throws IOException {
    Path cut = own.resolve("dataset");
    TrainRun.copy(dataset, cut);
    for (Path shard : shards(cut.resolve("train"))) {
      Files.delete(shard);
    }

    ConsoleCapture failed = train(run, "--resume", "--set=training.epochs=3", "--data=" + cut);
    assertThat(failed.exitCode()).isEqualTo(3);
    assertThat(status(run).get("state").asText()).isEqualTo("failed");
    assertThat(status(run).get("reason").asText())
        .startsWith("shard ")
        .endsWith("part-00000.parquet of the manifest is missing: prepare again");
  }

  private static List<Path> shards(Path split) throws IOException {
    try (Stream<Path> files = Files.list(split)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }

  private static ConsoleCapture train(Path out, String... more) {
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

  private static Path weights(Path run) {
    return run.resolve("model/weights.safetensors");
  }

  private static JsonNode status(Path run) throws IOException {
    return JSON.readTree(run.resolve("status.json").toFile());
  }

  private List<Integer> rounds() throws IOException {
    return metrics()
        .filter(line -> line.has("loss"))
        .map(line -> line.get("round").asInt())
        .toList();
  }

  private List<Integer> evaluatedEpochs() throws IOException {
    return metrics()
        .filter(line -> line.has("evaluation"))
        .map(line -> line.get("evaluation").get("epoch").asInt())
        .toList();
  }

  private Stream<JsonNode> metrics() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      lines.add(JSON.readTree(line));
    }

    return lines.stream();
  }

  /** Edits a file as if it had been written so: without Hadoop's checksum beside it. */
  private static void change(Path file, Edit edit) throws IOException {
    ObjectNode json = (ObjectNode) JSON.readTree(file.toFile());
    edit.apply(json);
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    Files.writeString(file, JSON.writeValueAsString(json));
  }

  /** Makes the manifest fit a changed file. */
  private static void seal(Path checkpoint, String name) throws IOException {
    byte[] bytes = Files.readAllBytes(checkpoint.resolve(name));
    change(
        checkpoint.resolve("manifest.json"),
        manifest ->
            ((ObjectNode) manifest.path("files").path(name))
                .put("bytes", bytes.length)
                .put("sha256", sha256(bytes)));
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
  private interface Edit {
    void apply(ObjectNode json);
  }
}
