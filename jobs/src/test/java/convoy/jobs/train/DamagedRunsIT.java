package convoy.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.ConsoleCapture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs with files that are damaged, old or too new. */
class DamagedRunsIT extends OnStoppedRun {
  @Test
  void aStateOfTheFirstFormatIsRead() throws IOException {
    TrainRun.delete(run.resolve("checkpoints/round-00000004"));
    Path checkpoint = run.resolve("checkpoints/round-00000002");
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
    change(
        checkpoint.resolve("manifest.json"),
        manifest -> withChecksum(manifest.put("formatVersion", 3)));
    ConsoleCapture refused = train(run, "--resume");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("formatVersion 3", "use a newer Convoy");
    assertThat(checkpoint.resolve("weights.safetensors")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"formatVersion\": 2, \"fi", "", "{\"formatVersion\":7,\"files\":{}}"})
  void aCheckpointWithAGarbledManifestIsPassedOver(String text) throws IOException {
    Path manifest = run.resolve("checkpoints/round-00000004/manifest.json");
    Files.writeString(manifest, text);
    assertThat(train(run, "--resume").exitCode()).isZero();
    assertThat(weights(run)).hasSameBinaryContentAs(weights(whole));
    assertThat(evaluatedEpochs()).containsExactly(1, 2);
  }

  @Test
  void aCheckpointOfTheFirstFormatIsRead() throws IOException {
    change(
        run.resolve("checkpoints/round-00000004/manifest.json"),
        manifest -> manifest.put("formatVersion", 1).remove("checksum"));
    ConsoleCapture resumed = train(run, "--resume");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err()).doesNotContain("not whole");
    assertThat(weights(run)).hasSameBinaryContentAs(weights(whole));
  }

  @Test
  void aDamagedStatusStopsNoResume() throws IOException {
    TrainRun.delete(run.resolve("checkpoints/round-00000004"));
    replace(run.resolve("status.json"), "{\"state\":\"fai");
    ConsoleCapture resumed = train(run, "--resume");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(weights(run)).hasSameBinaryContentAs(weights(whole));
    assertThat(TrainRun.status(run).get("state").asText()).isEqualTo("done");
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
  void aRecipeThatWasCutShortIsNoOtherRecipe() throws IOException {
    Path recipe = run.resolve("recipe.yaml");
    String text = Files.readString(recipe);
    replace(recipe, text.substring(0, text.indexOf("sync:")));
    ConsoleCapture refused = train(run, "--resume");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err())
        .contains(run + "/recipe.yaml of the run is damaged", "it was cut", "--restart")
        .hasLineCount(1);
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
    assertThat(refused.err())
        .contains(copy + "/model.json cannot be used: ", "which is random")
        .hasLineCount(1);
  }
}
