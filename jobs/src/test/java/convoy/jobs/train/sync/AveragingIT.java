package convoy.jobs.train.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.data.input.BufferPool;
import convoy.data.input.Minibatch;
import convoy.data.input.MinibatchFeed;
import convoy.data.pipeline.Pipeline;
import convoy.jobs.exchange.StateLayout;
import convoy.jobs.exchange.StateVector;
import convoy.jobs.exchange.TrainingState;
import convoy.jobs.train.SyncStrategies;
import convoy.zoo.Engines;
import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AveragingIT {
  private static final int BATCH = 8;

  @TempDir private static Path folder;
  private static DrawnJobs jobs;

  @BeforeAll
  static void prepare() throws IOException {
    // Slices go over the disk on their way, as those of many workers do.
    jobs =
        DrawnJobs.open(
            folder,
            9,
            32,
            "local[2]",
            Map.of("spark.shuffle.spill.numElementsForceSpillThreshold", "1"));
  }

  @AfterAll
  static void close() {
    if (jobs != null) {
      jobs.close();
    }
  }

  @Test
  void roundsOfOneMinibatchEqualOneMachineWithTheSumOfTheMinibatches() throws Exception {
    TrainingJob job = job(2, 1);
    try (Network network = network(job, 2 * BATCH);
        Workers workers = SyncStrategies.strategy("averaging").open(spark(), job)) {
      TrainingState state = state(network);
      for (int minibatch = 0; minibatch < 2; minibatch++) {
        Rounds.Trained trained =
            new Rounds(spark(), workers)
                .train(state, new Round(minibatch, 0, minibatch, minibatch, List.of(0.01)));
        assertThat(trained.result().examples()).isEqualTo(2 * BATCH);
        state = trained.state();
        double loss = oneMachine(job, network, minibatch);
        assertThat(trained.result().loss()).isCloseTo(loss / (2 * BATCH), within(1e-5));
        assertClose("parameters", network.parameters(), StateVector.parameters(state));
        assertClose("optimizer", network.optimizerState(), StateVector.besidesParameters(state));
      }
    }
  }

  @Test
  void aWorkerWithoutExamplesHasNoWeight() throws Exception {
    // 36 examples for 40 workers: some have one, some none, and each one counts the same.
    TrainingJob job = job(40, 1);
    try (Network network = network(job, BATCH);
        Workers workers = SyncStrategies.strategy("averaging").open(spark(), job)) {
      RoundResult result =
          new Rounds(spark(), workers)
              .train(state(network), new Round(0, 0, 0, 0, List.of(0.01)))
              .result();
      assertThat(result.examples()).isEqualTo(36);
      assertThat(result.workers()).hasSize(40);
      assertThat(result.workers().stream().filter(report -> report.examples() == 0)).hasSize(4);
      assertThat(result.finite()).isTrue();
    }
  }

  @Test
  void aRuleKeepsAVectorOfItsOwnFromRoundToRound() throws Exception {
    TrainingJob job =
        job(2, 1, "sync.strategy=slowmo", "sync.slowMomentum=0.5", "sync.slowLearningRate=0.8");
    SyncStrategy strategy = SyncStrategies.strategy("slowmo");
    try (Network network = network(job, BATCH);
        Workers averaging = SyncStrategy.of(new Averaging()).open(spark(), job);
        Workers slow = strategy.open(spark(), job)) {
      TrainingState state = state(network, strategy.layout(network).own());
      int length = state.layout().length();
      for (int minibatch = 0; minibatch < 2; minibatch++) {
        Round round = new Round(minibatch, 0, minibatch, minibatch, List.of(0.01));
        float[] before = values(StateVector.parameters(state));
        float[] kept = values(StateVector.besidesParameters(state));
        TrainingState averaged =
            new Rounds(spark(), averaging).train(withoutOwn(state, network), round).state();
        float[] mean = values(StateVector.parameters(averaged));
        Rounds.Trained result = new Rounds(spark(), slow).train(state, round);
        float[] next = values(StateVector.parameters(result.state()));
        float[] vectors = values(StateVector.besidesParameters(result.state()));
        for (int i = 0; i < length; i++) {
          double momentum = 0.5 * kept[length + i] + ((double) before[i] - mean[i]) / 0.01;
          assertThat(vectors[length + i]).isEqualTo((float) momentum);
          assertThat(next[i]).isEqualTo((float) (before[i] - 0.8 * 0.01 * momentum));
        }

        // The optimizer's state is the mean, as the rule says nothing of it.
        assertThat(Arrays.copyOf(vectors, length))
            .isEqualTo(values(StateVector.besidesParameters(averaged)));
        assertThat(result.result().finite()).isTrue();
        state = result.state();
      }
    }
  }

  private static TrainingState withoutOwn(TrainingState state, Network network) {
    TrainingState without = state(network, List.of());
    copy(StateVector.parameters(state), StateVector.parameters(without));
    float[] optimizer = values(StateVector.besidesParameters(state));
    StateVector.besidesParameters(without)
        .write(0, FloatBuffer.wrap(optimizer, 0, state.layout().length()));
    return without;
  }

  private static void copy(FlatVector from, FlatVector into) {
    into.write(0, FloatBuffer.wrap(values(from)));
  }

  @Test
  void whatTravelsComesBackAsItWas() throws Exception {
    TrainingJob job = job(2, 1);
    TrainingJob back = roundTrip(job);
    assertThat(back.network()).isEqualTo(job.network());
    assertThat(back.manifest()).isEqualTo(job.manifest());
    assertThat(back.recipe()).isEqualTo(job.recipe());
    Round round = new Round(1, 2, 3, 4, List.of(0.5, 0.25));
    assertThat(roundTrip(round)).isEqualTo(round);
    assertThat(roundTrip(new WorkerReport(1, 2, 3.0, 4L, 5L, 6L, "h", "c")))
        .isEqualTo(new WorkerReport(1, 2, 3.0, 4L, 5L, 6L, "h", "c"));
  }

  @SuppressWarnings({"unchecked", "BanSerializableRead"}) // Spark's own way to a task.
  private static <T> T roundTrip(T value) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }

  private static JavaSparkContext spark() {
    return jobs.spark();
  }

  private static TrainingJob job(int workers, int interval, String... more) {
    List<String> overrides = new ArrayList<>(List.of(more));
    overrides.addAll(
        List.of(
            "optimizer.momentum=0.9",
            "optimizer.weightDecay=0.01",
            "schedule.name=constant",
            "schedule.learningRate=0.01",
            "training.workers=" + workers,
            "training.batchSizePerWorker=" + BATCH,
            "sync.interval=" + interval));
    return jobs.job("model: {name: lenet5-modern, inputSize: 32, inputChannels: 3}", overrides);
  }

  private static Network network(TrainingJob job, int batch) {
    Network network = Engines.open("auto", new NetworkSpec(job.graph(), job.optimizer(), batch, 1));
    network.initialize(3);
    return network;
  }

  /** One step on the minibatches of all workers together. */
  private static double oneMachine(TrainingJob job, Network network, int minibatch)
      throws Exception {
    Pipeline pipeline = job.trainingPipeline();
    FloatBuffer all = floats(2 * BATCH * pipeline.length());
    int[] labels = new int[2 * BATCH];
    for (int worker = 0; worker < 2; worker++) {
      Round round = new Round(minibatch, 0, minibatch, minibatch, List.of(0.01));
      try (MinibatchFeed<?> feed =
          new WorkerExamples(job, round, worker).feed(new BufferPool()::take)) {
        Minibatch<?> batch = feed.next();
        assertThat(batch.size()).isEqualTo(BATCH);
        int length = BATCH * pipeline.length();
        all.put(worker * length, batch.images(), 0, length);
        System.arraycopy(batch.labels(), 0, labels, worker * BATCH, BATCH);
        assertThat(feed.next()).isNull();
      }
    }

    double loss = network.computeGradient(all, labels, 2 * BATCH, 0);
    network.update(0.01, minibatch);
    return loss;
  }

  private static TrainingState state(Network network) {
    return state(network, List.of());
  }

  private static TrainingState state(Network network, List<String> own) {
    StateLayout layout =
        new StateLayout(network.parameters().length(), network.optimizerStateNames(), own, 10_000);
    return TrainingState.of(layout, network);
  }

  private static void assertClose(String name, FlatVector machine, FlatVector state) {
    float[] one = values(machine);
    float[] averaged = values(state);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < one.length; i++) {
      difference += (one[i] - averaged[i]) * (double) (one[i] - averaged[i]);
      norm += one[i] * (double) one[i];
    }

    assertThat(averaged).hasSameSizeAs(one);
    assertThat(Math.sqrt(difference / norm)).as(name).isLessThan(1e-5);
  }

  private static float[] values(FlatVector vector) {
    float[] values = new float[vector.length()];
    vector.read(0, FloatBuffer.wrap(values));
    return values;
  }

  private static FloatBuffer floats(int count) {
    return ByteBuffer.allocateDirect(count * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
