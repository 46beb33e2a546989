package convoy.jobs.train;

import static convoy.jobs.train.TrainRun.LENET;
import static convoy.jobs.train.TrainRun.train;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.data.dataset.Manifests;
import convoy.jobs.ConsoleCapture;
import convoy.jobs.io.ModelFolder;
import convoy.jobs.recipe.Recipes;
import convoy.jobs.spark.HadoopSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that start from a model, with and without frozen layers. */
class TransferIT {
  /** Batch normalization, momentum, weight decay, two workers, several checkpoints. */
  private static final String VGG =
      """
      model: {name: vgg11, form: small, batchNorm: true}
      data:
        train: [{randomCrop: {size: 32, padding: 2}}, {flip: horizontal}]
        evaluation: [{centerCrop: 32}]
      optimizer: {momentum: 0.9, weightDecay: 0.01, biasWeightDecayFactor: 1}
      schedule: {name: constant, learningRate: 0.01}
      training: {epochs: 1, workers: 2, batchSizePerWorker: 8, seed: 7}
      sync: {interval: 1}
      checkpoint: {everyRounds: 1, keep: 100}
      """;

  @TempDir private static Path folder;
  private static Path four;
  private static Path three;

  @BeforeAll
  static void prepare() throws IOException {
    four = TrainRun.dataset(Files.createDirectory(folder.resolve("four")), 4, 9, 32);
    three = TrainRun.dataset(Files.createDirectory(folder.resolve("three")), 3, 8, 32);
  }

  @Test
  void frozenLayersAreBitEqualInAnAveragedRunAndStatisticsMoveInTheOthers() throws IOException {
    Path first = folder.resolve("vgg-first");
    Path second = folder.resolve("vgg-second");
    done(train("local[2]", VGG, four, first));
    ConsoleCapture run =
        train("local[2]", VGG, three, second, "--init=" + first, "--set=model.freeze=conv3_1.bn");
    done(run);
    assertThat(transfer(first, VGG, three).text())
        .isEqualTo("the classes differ, so classifier starts fresh");
    Map<String, ByteBuffer> before = tensors(first.resolve("model/weights.safetensors"));
    Map<String, ByteBuffer> after = tensors(second.resolve("model/weights.safetensors"));
    assertThat(after.keySet()).isEqualTo(before.keySet());
    before.forEach(
        (name, values) -> {
          if (name.matches("conv(1_1|2_1|3_1)\\..*")) {
            assertThat(after.get(name)).as(name).isEqualTo(values);
          } else {
            assertThat(after.get(name)).as(name).isNotEqualTo(values);
          }
        });
  }

  @Test
  void theRunKnowsItsModelAndScalesPixelsAsTheModelDoes() throws IOException {
    Path first = folder.resolve("known-first");
    Path second = folder.resolve("known-second");
    done(train("local[2]", LENET, four, first));
    done(train("local[2]", LENET, three, second, "--init=" + first));
    assertThat(transfer(first, LENET, four).text())
        .isEqualTo("all weights, as the classes are the same");
    JsonNode there = description(first);
    JsonNode here = description(second);
    for (String field : List.of("scale", "mean", "std")) {
      assertThat(here.path("preprocessing").path(field))
          .isEqualTo(there.path("preprocessing").path(field));
    }

    assertThat(json(three.resolve("manifest.json")).path("statistics").path("mean"))
        .isNotEqualTo(there.path("preprocessing").path("mean"));
    assertThat(here.path("provenance").path("init").asText())
        .hasSize(64)
        .isEqualTo(json(second.resolve("init.json")).path("fingerprint").asText());
    assertThat(there.path("provenance").has("init")).isFalse();
  }

  @Test
  void aRunThatDiedGoesOnToTheSameBitsThoughItsModelIsGone() throws IOException {
    Path model = folder.resolve("gone-model");
    done(train("local[2]", LENET, four, model));
    Path whole = folder.resolve("gone-whole");
    String each = "--set=checkpoint.everyRounds=1";
    String freeze = "--set=model.freeze=pool1";
    done(train("local[2]", LENET, three, whole, "--init=" + model, freeze, each));
    Path died = folder.resolve("gone-died");
    TrainRun.copy(whole, died);
    List<Integer> rounds = TrainRun.rounds(whole);
    TrainRun.delete(
        died.resolve("checkpoints/round-%08d".formatted(rounds.get(rounds.size() - 1))));
    TrainRun.delete(died.resolve("model"));
    TrainRun.failed(died);
    refusesAnotherModel(died, whole, model, freeze, each);
    refusesAnotherModel(whole, whole, model, freeze, each);
    Path copied = folder.resolve("gone-copied");
    TrainRun.copy(model.resolve("model"), copied);
    for (Path same : List.of(model, model.resolve("model"), copied)) {
      ConsoleCapture finished =
          train("local[2]", LENET, three, whole, "--resume", "--init=" + same, freeze, each);
      assertThat(finished.out()).as(finished.err()).contains("nothing to do");
    }

    TrainRun.delete(model);
    String[] again = {"--resume", "--init=" + model, freeze, each};
    done(train("local[2]", LENET, three, died, again));
    assertThat(TrainRun.weights(died)).isEqualTo(TrainRun.weights(whole));
    assertThat(description(died)).isEqualTo(description(whole));

    // Without any checkpoint it needs the model, and says so.
    TrainRun.delete(died.resolve("checkpoints"));
    TrainRun.failed(died);
    ConsoleCapture lost = train("local[2]", LENET, three, died, again);
    assertThat(lost.exitCode()).isEqualTo(3);
    assertThat(lost.err()).contains("no model in").contains("gone-model");
  }

  private void refusesAnotherModel(Path run, Path other, Path began, String... set)
      throws IOException {
    List<String> more = new ArrayList<>(List.of("--resume", "--init=" + other));
    more.addAll(List.of(set));
    assertRefused(
        train("local[2]", LENET, three, run, more.toArray(String[]::new)),
        2,
        "began with --init file:%s/model, and %s is another model: leave --init out, or choose another --out"
            .formatted(began, other));
  }

  @Test
  void whatDoesNotFitIsOneLineBeforeTheRunIsTaken() throws IOException {
    Path model = folder.resolve("fits-not");
    done(train("local[2]", LENET, four, model));
    Path never = folder.resolve("never");
    String init = "--init=" + model;
    assertRefused(
        train("local[2]", LENET, three, never, init, "--set=model.name=lenet5"),
        2,
        "its model.name is lenet5-modern, the recipe's is lenet5; set it to lenet5-modern");
    assertRefused(
        train("local[2]", LENET, three, never, init, "--set=model.batchNorm=true"),
        2,
        "its model.batchNorm is false, the recipe's is true");
    assertRefused(
        train("local[2]", LENET, three, never, init, "--set=model.inputChannels=1"),
        2,
        "its model.inputChannels is 3, the recipe's is 1");
    String larger = LENET.replace("inputSize: 32", "inputSize: 40").replace("32", "40");
    assertRefused(
        train("local[2]", larger, three, never, init),
        2,
        "tensor fc3.weight is [120, 400] there and [120, 784] here; set model.inputSize to 32");
    assertRefused(train("local[2]", LENET, three, never, "--init=" + three), 3, "no model in");
    assertRefused(
        train("local[2]", LENET, three, never, init, "--set=model.freeze=conv7"),
        2,
        "model.freeze: 'conv7' is no layer of lenet5-modern");
    assertThat(never).doesNotExist();
    assertRefused(
        train("local[2]", LENET, four, model, "--resume", init), 2, "began without --init");
    TrainRun.failed(model);
    assertRefused(
        train("local[2]", LENET, four, model, "--resume", init), 2, "began without --init");
  }

  private static Transfer transfer(Path run, String recipe, Path dataset) throws IOException {
    Configuration files = HadoopSettings.local().configuration();
    return Transfer.of(
        ModelFolder.open(files, new org.apache.hadoop.fs.Path(run.toUri())),
        Recipes.read(recipe, List.of()).model(),
        Manifests.read(files, new org.apache.hadoop.fs.Path(dataset.toUri())));
  }

  private static void done(ConsoleCapture run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private static void assertRefused(ConsoleCapture run, int exitCode, String text) {
    assertThat(run.err()).contains(text);
    assertThat(run.exitCode()).isEqualTo(exitCode);
  }

  private static JsonNode description(Path run) throws IOException {
    return json(run.resolve("model/model.json"));
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  /** The bytes of each tensor of a safetensors file. */
  static Map<String, ByteBuffer> tensors(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) bytes.getLong(0);
    JsonNode header =
        new ObjectMapper().readTree(new String(bytes.array(), 8, length, StandardCharsets.UTF_8));
    Map<String, ByteBuffer> tensors = new TreeMap<>();
    List<String> names = new ArrayList<>();
    header.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      JsonNode offsets = header.get(name).path("data_offsets");
      int begin = offsets.get(0).asInt();
      tensors.put(name, bytes.slice(8 + length + begin, offsets.get(1).asInt() - begin));
    }

    return tensors;
  }
}
