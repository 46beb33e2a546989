package convoy.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import convoy.jobs.ConsoleCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs that ended at an awkward place and continue. */
class StoppedRunsIT extends OnStoppedRun {
  @Test
  void aValidationThatAStopLeftOutIsMadeUp() throws IOException {
    Path checkpoint = run.resolve("checkpoints/round-00000004");
    change(
        checkpoint.resolve("state.json"),
        state -> state.put("evaluatedEpoch", 1).remove("lastTop1"));
    seal(checkpoint, "state.json");
    assertThat(train(run, "--resume").exitCode()).isZero();
    assertThat(evaluatedEpochs()).containsExactly(1, 2);
    assertThat(TrainRun.status(run).get("top1")).isEqualTo(TrainRun.status(whole).get("top1"));
  }

  @Test
  void aRunContinuesWithNothingButItsFolder() throws IOException {
    ConsoleCapture shorter = resume("--set=training.epochs=3");
    assertThat(shorter.exitCode()).as(shorter.err()).isZero();
    assertThat(shorter.err()).doesNotContain("jumps");
    assertThat(rounds()).containsExactly(1, 2, 3, 4, 5, 6);
    // The new value is the run's own from now on.
    ConsoleCapture finished = resume();
    assertThat(finished.out()).contains("nothing to do");
    Path other = own.resolve("other");
    assertThat(train(other, "--set=training.epochs=3").exitCode()).isZero();
    assertThat(weights(run)).hasSameBinaryContentAs(weights(other));

    change(run.resolve("dataset.json"), mark -> mark.remove("path"));
    assertThat(resume().err()).contains("doesn't say where the dataset is").contains("give --data");
  }

  @Test
  void aFolderWithoutARunNeedsRecipeAndData() {
    ConsoleCapture refused = ConsoleCapture.of("train", "--resume", "--out=" + own.resolve("none"));
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("give --recipe and --data").hasLineCount(1);
    ConsoleCapture unnamed = ConsoleCapture.of("train", "--out=" + own.resolve("none"));
    assertThat(unnamed.exitCode()).isEqualTo(2);
    assertThat(unnamed.err()).contains("missing required option: '--recipe'").hasLineCount(1);
  }

  @Test
  void anotherMinibatchIsRefusedByTheNameOfItsKey() {
    for (ConsoleCapture refused :
        List.of(
            resume("--set=training.batchSizePerWorker=4"),
            train(run, "--resume", "--set=training.batchSizePerWorker=4"))) {
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err())
          .contains("can't continue with training.batchSizePerWorker: 8 before, 4 now")
          .hasLineCount(1);
    }
  }

  @Test
  void aScheduleThatSpansAllEpochsSaysThatTheRateJumps() {
    String[] poly = {"--resume", "--set=schedule.name=poly", "--set=training.epochs=3"};
    assertThat(train(run, poly).exitCode()).isZero();
    ConsoleCapture longer = resume("--set=training.epochs=4");
    assertThat(longer.exitCode()).as(longer.err()).isZero();
    assertThat(longer.err())
        .contains("schedule.name=poly spans all epochs")
        .contains("training.epochs=4 instead of 3")
        .contains("jumps from 0.000 to 0.005000 at epoch 3.00");
  }

  private ConsoleCapture resume(String... more) {
    List<String> arguments = new ArrayList<>(List.of("train", "--resume", "--out=" + run));
    arguments.addAll(List.of(more));
    return ConsoleCapture.of(arguments.toArray(String[]::new));
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
    assertThat(TrainRun.status(run).get("state").asText()).isEqualTo("done");
    assertThat(rounds()).containsExactly(1, 2, 3, 4, 5, 6);
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

  @Test
  void aCheckpointComesWhenItsTimeIsUpToo() throws IOException {
    Path timed = own.resolve("timed");
    String[] always = {"--set=checkpoint.everyRounds=1000", "--set=checkpoint.everyMinutes=1e-9"};
    assertThat(train(timed, always).exitCode()).isZero();
    assertThat(timed.resolve("checkpoints").toFile().list())
        .contains("round-00000001", "round-00000002", "round-00000003", "round-00000004");
    assertThat(weights(timed)).hasSameBinaryContentAs(weights(whole));
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
  void aRunInsideItsDatasetIsRefused() {
    ConsoleCapture refused = train(dataset.resolve("train/run"));
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("lie inside one another").hasLineCount(1);
    assertThat(dataset.resolve("train/run")).doesNotExist();
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
    assertThat(TrainRun.status(run).get("state").asText()).isEqualTo("failed");
    assertThat(TrainRun.status(run).get("reason").asText())
        .startsWith("shard ")
        .endsWith("part-00000.parquet of the manifest is missing: prepare again");
  }

  private static List<Path> shards(Path split) throws IOException {
    try (Stream<Path> files = Files.list(split)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }
}
