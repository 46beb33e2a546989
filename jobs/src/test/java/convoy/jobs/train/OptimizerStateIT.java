package convoy.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.ConsoleCapture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vectors that a run keeps beside its parameters, in whole runs. */
class OptimizerStateIT {
  /** 36 pictures: 3 minibatches of each worker and 3 rounds in an epoch. */
  private static final String ADAM =
      """
      model: {name: lenet5-modern, inputSize: 32, inputChannels: 3}
      data: {train: [{flip: horizontal}], evaluation: [{centerCrop: 32}]}
      optimizer: {name: adam, beta1: 0.8, beta2: 0.99, epsilon: 0.0001}
      schedule: {name: constant, learningRate: 0.001}
      training: {epochs: 2, workers: 2, batchSizePerWorker: 8, seed: 7}
      sync: {interval: 1}
      checkpoint: {everyRounds: 1, keep: 100}
      """;

  /** As many rounds as above: one in the first epoch would have three minibatches. */
  private static final String SLOWMO =
      """
      model: {name: lenet5-modern, inputSize: 32, inputChannels: 3}
      data: {train: [{flip: horizontal}], evaluation: [{centerCrop: 32}]}
      optimizer: {momentum: 0.9}
      schedule: {name: cosine, learningRate: 0.01}
      training: {epochs: 2, workers: 2, batchSizePerWorker: 8, seed: 7}
      sync: {strategy: slowmo, slowMomentum: 0.6, momentum: reset, interval: [1 to epoch 1, 1]}
      checkpoint: {everyRounds: 1, keep: 100}
      """;

  private static final String SYNCHRONOUS =
      ADAM.replace("interval: 1", "strategy: synchronous, wire: bf16");

  @TempDir private static Path folder;
  private static Path dataset;

  @BeforeAll
  static void prepare() {
    dataset = TrainRun.dataset(folder, 4, 9, 32);
  }

  @Test
  void aRunWithAdamThatStoppedInsideAnEpochReachesTheSameBytes() throws IOException {
    Path whole = assertSameBytesAfterAStop("adam", ADAM, "firstMoment", "secondMoment");
    assertThat(Files.readString(whole.resolve("recipe.yaml"))).contains("name: adam", "beta1: 0.8");
  }

  @Test
  void aRunWhoseAdamRunsInReducingTasksIsStoredAndContinuedAlike() throws IOException {
    Path whole =
        assertSameBytesAfterAStop("synchronous", SYNCHRONOUS, "firstMoment", "secondMoment");
    assertThat(Files.readString(whole.resolve("recipe.yaml")))
        .contains("strategy: synchronous", "interval: 1\n", "wire: bf16");
  }

  @Test
  void aRunWithSlowMomentumThatStoppedInsideAnEpochReachesTheSameBytes() throws IOException {
    Path whole = assertSameBytesAfterAStop("slowmo", SLOWMO, "momentum", "slowMomentum");
    assertThat(Files.readString(whole.resolve("recipe.yaml")))
        .contains("strategy: slowmo", "slowMomentum: 0.6", "1 to epoch 1", "momentum: reset");
  }

  private static Path assertSameBytesAfterAStop(String name, String recipe, String... vectors)
      throws IOException {
    Path whole = folder.resolve(name);
    ConsoleCapture first = TrainRun.train("local[2]", recipe, dataset, whole);
    assertThat(first.exitCode()).as(first.err()).isZero();
    Path last = whole.resolve("checkpoints/round-00000006");
    String state =
        Files.readString(last.resolve("optimizer.safetensors"), StandardCharsets.ISO_8859_1);
    assertThat(state).contains(vectors);

    Path stopped = folder.resolve(name + "-stopped");
    TrainRun.copy(whole, stopped);
    for (int round = 5; round <= 6; round++) {
      TrainRun.delete(stopped.resolve("checkpoints/round-0000000" + round));
    }

    TrainRun.failed(stopped);
    ConsoleCapture again = TrainRun.train("local[2]", recipe, dataset, stopped, "--resume");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(TrainRun.rounds(stopped)).isEqualTo(List.of(1, 2, 3, 4, 5, 6));
    assertThat(TrainRun.weights(stopped)).isEqualTo(TrainRun.weights(whole));
    assertThat(
            Files.readAllBytes(stopped.resolve("checkpoints/round-00000006/optimizer.safetensors")))
        .isEqualTo(Files.readAllBytes(last.resolve("optimizer.safetensors")));
    return whole;
  }
}
