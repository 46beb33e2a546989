package convoy.jobs.train.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.data.input.BufferPool;
import convoy.data.input.Minibatch;
import convoy.data.input.MinibatchFeed;
import convoy.data.order.Seeds;
import convoy.jobs.exchange.StateLayout;
import convoy.jobs.exchange.StateVector;
import convoy.jobs.exchange.TrainingState;
import convoy.jobs.network.NetworkPool;
import convoy.jobs.recipe.ModelKeys;
import convoy.jobs.train.SyncStrategies;
import convoy.zoo.FrozenLayers;
import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.graph.Parameter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three workers whose minibatches are unequal, beside one machine. */
class SynchronousIT {
  private static final SyncStrategy SYNCHRONOUS = SyncStrategies.strategy("synchronous");
  private static final double RATE = 0.01;
  private static final double TOLERANCE = 1e-5;
  private static final int WORKERS = 3;
  private static final int BATCH = 4;
  private static final int ROUNDS = 12;
  private static final long SEED = 5;

  /** 28 pictures: in an epoch twice minibatches of 4, 4 and 4, then of 2, 1 and 1. */
  private static final int PER_CLASS = 7;

  private static final String RECIPE =
      """
      model: {name: lenet5-modern, inputSize: 32, inputChannels: 3}
      data: {train: [{flip: horizontal}], evaluation: [{centerCrop: 32}]}
      optimizer: {weightDecay: 0.01}
      schedule: {name: constant, learningRate: 0.01}
      training: {workers: 3, batchSizePerWorker: 4, seed: 5}
      sync: {strategy: synchronous}
      """;

  @TempDir private static Path folder;
  private static DrawnJobs jobs;

  @BeforeAll
  static void prepare() throws IOException {
    jobs = DrawnJobs.open(folder, PER_CLASS, 32, "local[2]", Map.of());
  }

  @AfterAll
  static void close() {
    if (jobs != null) {
      jobs.close();
    }
  }

  /**
   * The tolerance is for the last bits of a gradient: sums over a minibatch run in another order
   * where it is cut into three.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "optimizer.name=sgd",
        "optimizer.name=nesterov",
        "optimizer.name=adam",
        "engine.name=nd4j",
        "training.microBatch=3",
        "model.freeze=features"
      })
  void parametersAndOptimizerStateAreThoseOfOneMachineWithTheSumOfTheMinibatches(String overrides)
      throws Exception {
    TrainingJob job = job(overrides.split(" "));
    assertThat(job.examples()).isEqualTo(28);
    try (Network machine = job.network().withMaxBatch(WORKERS * BATCH).open();
        Workers workers = SYNCHRONOUS.open(jobs.spark(), job)) {
      machine.initialize(3);
      float[] start = values(machine.parameters());
      TrainingState state = TrainingState.of(SYNCHRONOUS.layout(machine), machine);
      for (int i = 0; i < ROUNDS; i++) {
        Round round = round(job, i);
        Rounds.Trained trained = new Rounds(jobs.spark(), workers).train(state, round);
        RoundResult result = trained.result();
        state = trained.state();
        double loss = onOneMachine(job, machine, round, result.examples());
        assertThat(result.loss()).isCloseTo(loss / result.examples(), within(1e-4));
        assertThat(result.finite()).isTrue();
      }

      float[] reached = values(StateVector.parameters(state));
      float[] expected = values(machine.parameters());
      float[] optimizerState = values(StateVector.besidesParameters(state));
      double way = norm(start, expected);
      assertThat(way / norm(expected, new float[start.length])).isGreaterThan(0.01);
      assertThat(norm(reached, expected) / way).as("of the way trained").isLessThan(TOLERANCE);
      float[] expectedState = values(machine.optimizerState());
      assertThat(norm(optimizerState, expectedState))
          .isLessThan(TOLERANCE * norm(expectedState, new float[expectedState.length]));
      assertFrozen(job, start, reached);
    }
  }

  private static void assertFrozen(TrainingJob job, float[] start, float[] reached) {
    Set<String> frozen = FrozenLayers.of(job.graph(), job.recipe().model().get(ModelKeys.FREEZE));
    for (ParameterLayout.Tensor tensor : ParameterLayout.of(job.graph()).tensors()) {
      float[] before = of(tensor, start);
      assertThat(Arrays.equals(of(tensor, reached), before))
          .as(tensor.name())
          .isEqualTo(frozen.contains(tensor.layer()));
    }
  }

  /** The minibatches have batch normalization's statistics of their own, so no machine equals. */
  @Test
  void runningStatisticsAreTheMeanOfTheWorkers() throws Exception {
    TrainingJob job = job("model.batchNorm=true");
    Round round = round(job, 2);
    try (Network network = job.network().open();
        Workers workers = SYNCHRONOUS.open(jobs.spark(), job)) {
      network.initialize(3);
      TrainingState start = TrainingState.of(SYNCHRONOUS.layout(network), network);
      float[] before = values(network.parameters());
      double[] sum = new double[before.length];
      long examples = 0;
      for (int worker = 0; worker < WORKERS; worker++) {
        network.parameters().write(0, FloatBuffer.wrap(before));
        try (MinibatchFeed<?> feed = feed(job, round, worker)) {
          Minibatch<?> batch = feed.next();
          network.computeGradient(
              batch.images(),
              batch.labels(),
              batch.size(),
              Seeds.ofRound(SEED, round.epoch(), 2, worker));
          float[] moved = values(network.parameters());
          for (int i = 0; i < sum.length; i++) {
            sum[i] += (double) batch.size() * moved[i];
          }

          examples += batch.size();
        }
      }

      Rounds.Trained trained = new Rounds(jobs.spark(), workers).train(start, round);
      float[] after = values(StateVector.parameters(trained.state()));
      assertThat(trained.result().finite()).isTrue();
      int statistics = 0;
      for (ParameterLayout.Tensor tensor : network.layout().tensors()) {
        boolean statistic = tensor.kind() == Parameter.Kind.STATISTIC;
        assertThat(of(tensor, after)).as(tensor.name()).isNotEqualTo(of(tensor, before));
        for (int i = tensor.offset(); statistic && i < tensor.offset() + tensor.size(); i++) {
          assertThat(after[i]).isEqualTo((float) (sum[i] / examples));
          statistics++;
        }
      }

      assertThat(statistics).isGreaterThan(0);
    }
  }

  @Test
  void smallSlicesGiveTheSameFloatsAsOneSlice() {
    TrainingJob job = job("model.batchNorm=true", "optimizer.name=adam");
    TrainingState whole = trained(job, StateLayout.SLICE_FLOATS);
    TrainingState sliced = trained(job, 1000);
    assertThat(sliced.slices()).hasSizeGreaterThan(100);
    assertThat(values(StateVector.parameters(sliced)))
        .isEqualTo(values(StateVector.parameters(whole)));
    assertThat(values(StateVector.besidesParameters(sliced)))
        .isEqualTo(values(StateVector.besidesParameters(whole)));
  }

  private static TrainingState trained(TrainingJob job, int sliceFloats) {
    try (Network network = job.network().withMaxBatch(1).open();
        Workers workers = SYNCHRONOUS.open(jobs.spark(), job)) {
      network.initialize(3);
      StateLayout layout = SYNCHRONOUS.layout(network);
      TrainingState state =
          TrainingState.of(
              new StateLayout(layout.length(), layout.inNetworks(), layout.own(), sliceFloats),
              network);
      for (int i = 0; i < 3; i++) {
        state = new Rounds(jobs.spark(), workers).train(state, round(job, i)).state();
      }

      return state;
    }
  }

  /** Its network has the gradient, and the parameters before the update. */
  @Test
  void noNetworkHoldsTheNextStateEvenOfAWorkerAlone() {
    TrainingJob job = job("training.workers=1");
    try (Workers worker = SYNCHRONOUS.open(jobs.spark(), job)) {
      TrainingState state;
      try (NetworkPool.Lease lease = NetworkPool.ofThisProcess().lease(job.network())) {
        lease.network().initialize(3);
        state = TrainingState.of(SYNCHRONOUS.layout(lease.network()), lease.network());
      }

      TrainingState next = new Rounds(jobs.spark(), worker).train(state, round(job, 0)).state();
      try (NetworkPool.Lease lease = NetworkPool.ofThisProcess().lease(job.network())) {
        assertThat(lease.holds(next.id())).isFalse();
        assertThat(lease.holds(state.id())).isFalse();
      }
    }
  }

  private static TrainingJob job(String... overrides) {
    return jobs.job(RECIPE, List.of(overrides));
  }

  private static Round round(TrainingJob job, int number) {
    int minibatches = Math.toIntExact(job.shares().minibatches());
    return new Round(number, number / minibatches, number % minibatches, number, List.of(RATE));
  }

  private static MinibatchFeed<?> feed(TrainingJob job, Round round, int worker) {
    return new WorkerExamples(job, round, worker).feed(new BufferPool()::take);
  }

  /** One step on the minibatches of all workers together. Returns the sum of losses. */
  private static double onOneMachine(TrainingJob job, Network machine, Round round, long expected)
      throws Exception {
    int length = job.trainingPipeline().length();
    FloatBuffer all =
        ByteBuffer.allocateDirect(WORKERS * BATCH * length * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    int[] labels = new int[WORKERS * BATCH];
    int examples = 0;
    for (int worker = 0; worker < WORKERS; worker++) {
      try (MinibatchFeed<?> feed = feed(job, round, worker)) {
        Minibatch<?> batch = feed.next();
        all.put(examples * length, batch.images(), 0, batch.size() * length);
        System.arraycopy(batch.labels(), 0, labels, examples, batch.size());
        examples += batch.size();
        assertThat(feed.next()).isNull();
      }
    }

    assertThat(examples).isEqualTo((int) expected);
    double loss = machine.computeGradient(all, labels, examples, 0);
    machine.update(RATE, round.firstIteration());
    return loss;
  }

  private static float[] of(ParameterLayout.Tensor tensor, float[] vector) {
    return Arrays.copyOfRange(vector, tensor.offset(), tensor.offset() + tensor.size());
  }

  private static double norm(float[] one, float[] other) {
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
