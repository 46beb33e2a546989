package convoy.jobs.train.sync;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.cluster.Await;
import convoy.jobs.exchange.StateLayout;
import convoy.jobs.exchange.StateVector;
import convoy.jobs.exchange.TrainingState;
import convoy.jobs.recipe.SyncKeys;
import convoy.jobs.train.SyncStrategies;
import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Network;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rounds whose workers send bfloat16. */
class WireIT {
  private static final int ROUNDS = 6;
  private static final String ROUNDED = "sync.wire=bf16";

  private static final String RECIPE =
      """
      model: {name: lenet5-modern, inputSize: 32, inputChannels: 3, batchNorm: true}
      data: {train: [{flip: horizontal}], evaluation: [{centerCrop: 32}]}
      schedule: {name: constant, learningRate: 0.01}
      training: {workers: 3, batchSizePerWorker: 4, seed: 5}
      """;

  @TempDir private static Path folder;
  private static DrawnJobs jobs;

  @BeforeAll
  static void prepare() throws IOException {
    jobs = DrawnJobs.open(folder, 7, 32, "local[2]", Map.of());
  }

  @AfterAll
  static void close() {
    if (jobs != null) {
      jobs.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sync.strategy=averaging sync.interval=2",
        "sync.strategy=slowmo sync.interval=2",
        "sync.strategy=synchronous optimizer.name=nesterov"
      })
  void halfTheBytesTravelAndTheWeightsStayClose(String overrides) {
    Bytes bytes = new Bytes();
    jobs.spark().sc().addSparkListener(bytes);
    try {
      TrainingState exact = trained(StateLayout.SLICE_FLOATS, overrides);
      long sentExact = bytes.ofJobs(ROUNDS);
      TrainingState rounded = trained(StateLayout.SLICE_FLOATS, overrides, ROUNDED);
      double sentRounded = bytes.ofJobs(2 * ROUNDS) - sentExact;
      assertThat(sentExact / 3.0 / ROUNDS).isGreaterThan(exact.slices().get(0).length);
      assertThat(sentRounded / sentExact).isBetween(0.5, 0.51);

      float[] start = values(StateVector.parameters(start(job(overrides), 1000)));
      float[] one = values(StateVector.parameters(exact));
      float[] other = values(StateVector.parameters(rounded));
      assertThat(distance(one, other)).isGreaterThan(0).isLessThan(0.05 * distance(one, start));
    } finally {
      jobs.spark().sc().removeSparkListener(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"averaging", "synchronous"})
  void theSameSeedGivesTheSameFloatsHoweverVectorsAreCut(String strategy) {
    String overrides = "sync.interval=1 sync.strategy=" + strategy;
    TrainingState whole = trained(StateLayout.SLICE_FLOATS, overrides, ROUNDED);
    TrainingState sliced = trained(1001, overrides, ROUNDED);
    assertThat(values(StateVector.parameters(sliced)))
        .isEqualTo(values(StateVector.parameters(whole)));
    assertThat(values(StateVector.besidesParameters(sliced)))
        .isEqualTo(values(StateVector.besidesParameters(whole)));
  }

  @Test
  void aWorkerAloneSendsNothingThatCouldBeRounded() {
    String alone = "training.workers=1 sync.interval=2";
    TrainingState exact = trained(StateLayout.SLICE_FLOATS, alone);
    TrainingState rounded = trained(StateLayout.SLICE_FLOATS, alone, ROUNDED);
    assertThat(values(StateVector.parameters(rounded)))
        .isEqualTo(values(StateVector.parameters(exact)));
  }

  private static TrainingJob job(String overrides, String... more) {
    List<String> all = new ArrayList<>(List.of(overrides.split(" ")));
    all.addAll(List.of(more));
    return jobs.job(RECIPE, all);
  }

  private static TrainingState start(TrainingJob job, int sliceFloats) {
    try (Network network = job.network().withMaxBatch(1).open()) {
      network.initialize(3);
      StateLayout layout = strategy(job).layout(network);
      return TrainingState.of(
          new StateLayout(layout.length(), layout.inNetworks(), layout.own(), sliceFloats),
          network);
    }
  }

  private static SyncStrategy strategy(TrainingJob job) {
    return SyncStrategies.strategy(job.recipe().sync().get(SyncKeys.STRATEGY));
  }

  private static TrainingState trained(int sliceFloats, String overrides, String... more) {
    TrainingJob job = job(overrides, more);
    int interval = job.recipe().sync().get(SyncKeys.INTERVAL).minibatches(0, 0.01);
    List<Double> rates = Collections.nCopies(interval, 0.01);
    TrainingState state = start(job, sliceFloats);
    try (Workers workers = strategy(job).open(jobs.spark(), job)) {
      for (int i = 0; i < ROUNDS; i++) {
        Round round = new Round(i, i, 0, (long) i * interval, rates);
        Rounds.Trained next = new Rounds(jobs.spark(), workers).train(state, round);
        assertThat(next.result().finite()).isTrue();
        state = next.state();
      }
    }

    return state;
  }

  /** What tasks write to shuffles. */
  private static final class Bytes extends SparkListener {
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong jobs = new AtomicLong();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      written.addAndGet(end.taskMetrics().shuffleWriteMetrics().bytesWritten());
    }

    @Override
    public void onJobEnd(SparkListenerJobEnd end) {
      jobs.incrementAndGet();
    }

    /** Listeners are told a little later. */
    long ofJobs(int count) {
      Await.until(
          count + " jobs",
          Duration.ofSeconds(20),
          () -> jobs.get() >= count ? Optional.of(true) : Optional.empty());
      return written.get();
    }
  }

  private static double distance(float[] one, float[] other) {
    assertThat(one).hasSameSizeAs(other);
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.pow((double) one[i] - other[i], 2);
    }

    return Math.sqrt(sum);
  }

  private static float[] values(FlatVector vector) {
    float[] values = new float[vector.length()];
    vector.read(0, FloatBuffer.wrap(values));
    return values;
  }
}
