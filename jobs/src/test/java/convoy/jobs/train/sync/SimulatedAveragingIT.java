package convoy.jobs.train.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.data.input.BufferPool;
import convoy.data.input.ExampleRow;
import convoy.data.input.Minibatch;
import convoy.data.input.MinibatchFeed;
import convoy.jobs.cluster.Finished;
import convoy.jobs.exchange.StateVector;
import convoy.jobs.exchange.TrainingState;
import convoy.jobs.network.NetworkPool;
import convoy.jobs.recipe.SyncKeys;
import convoy.jobs.train.SyncStrategies;
import convoy.options.Settings;
import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.ParameterLayout;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Twenty rounds of three unequal workers reach the parameters that a simulation in NumPy reaches,
 * which shares no code with Convoy.
 */
class SimulatedAveragingIT {
  private static final String PYTHON = "CONVOY_MODELS_PYTHON";
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final double RATE = 0.02;
  private static final int WORKERS = 3;
  private static final int ROUNDS = 20;

  /** 28 pictures: shares of 10, 9 and 9, which are 3 minibatches of each worker in an epoch. */
  private static final int PER_CLASS = 7;

  private static final String RECIPE =
      """
      model: {name: lenet-caffe, inputSize: 16, inputChannels: 3}
      data: {train: [{flip: horizontal}], evaluation: [{centerCrop: 16}]}
      optimizer: {momentum: 0.8, weightDecay: 0.001, biasLearningRateFactor: 1, biasWeightDecayFactor: 1}
      schedule: {name: constant, learningRate: 0.02}
      training: {workers: 3, batchSizePerWorker: 4, seed: 5}
      """;

  @TempDir private static Path folder;
  private static DrawnJobs jobs;

  @BeforeAll
  static void prepare() throws IOException {
    jobs = DrawnJobs.open(folder, PER_CLASS, 16, "local[2]", Map.of());
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
        "sync.strategy=averaging sync.interval=2 sync.momentum=reset",
        "sync.strategy=synchronous",
        "sync.strategy=slowmo sync.interval=2 sync.slowMomentum=0.6 sync.slowLearningRate=0.9",
        "sync.strategy=slowmo sync.interval=2 sync.slowMomentum=0.6 sync.slowLearningRate=0.7"
            + " sync.slowNesterov=true"
      })
  void theParametersAreThoseOfASimulation(String overrides) throws Exception {
    String python = python();
    TrainingJob job = jobs.job(RECIPE, List.of(overrides.split(" ")));
    assertThat(job.examples()).isEqualTo(28);
    Settings sync = job.recipe().sync();
    SyncStrategy strategy = SyncStrategies.strategy(sync.get(SyncKeys.STRATEGY));
    Path exchange = Files.createTempDirectory(folder, "simulation");
    ObjectNode settings = settings(job);
    TrainingState state = start(job, strategy, settings);
    float[] start = values(StateVector.parameters(state));
    write(exchange.resolve("start.f32"), start);
    try (Workers workers = strategy.open(jobs.spark(), job);
        OutputStream images = Files.newOutputStream(exchange.resolve("images.f32"))) {
      int written = 0;
      for (Round round : rounds(job)) {
        written = write(job, round, settings.withArray("rounds").addArray(), images, written);
        state = new Rounds(jobs.spark(), workers).train(state, round).state();
      }
    }

    new ObjectMapper().writeValue(exchange.resolve("settings.json").toFile(), settings);
    Finished.run(
            LIMIT,
            Map.of("PYTHONDONTWRITEBYTECODE", "1"),
            Path.of("src/test/python").toAbsolutePath(),
            List.of(python, "simulate_averaging.py", exchange.toString()))
        .exits(0);
    float[] simulated = read(exchange.resolve("end.f32"));
    float[] trained = values(StateVector.parameters(state));
    assertThat(distance(trained, start)).as("what was trained").isGreaterThan(0.02);
    assertThat(distance(trained, simulated)).as(overrides).isLessThan(1e-5);
  }

  private static List<Round> rounds(TrainingJob job) {
    int interval = job.recipe().sync().get(SyncKeys.INTERVAL).minibatches(0, RATE);
    long minibatches = job.shares().minibatches();
    List<Round> rounds = new ArrayList<>();
    for (int epoch = 0; ; epoch++) {
      for (long first = 0; first < minibatches; first += interval) {
        if (rounds.size() == ROUNDS) {
          return rounds;
        }

        int length = (int) Math.min(interval, minibatches - first);
        long iteration = epoch * minibatches + first;
        List<Double> rates = Collections.nCopies(length, RATE);
        rounds.add(new Round(rounds.size(), epoch, first, iteration, rates));
      }
    }
  }

  /** Writes the minibatches of all workers in a round, after as many pictures as were written. */
  private static int write(
      TrainingJob job, Round round, ArrayNode into, OutputStream images, int before)
      throws Exception {
    int first = before;
    for (int worker = 0; worker < WORKERS; worker++) {
      ArrayNode minibatches = into.addArray();
      WorkerExamples examples = new WorkerExamples(job, round, worker);
      if (examples.range().isEmpty()) {
        continue;
      }

      try (MinibatchFeed<ExampleRow> feed = examples.feed(new BufferPool()::take)) {
        for (Minibatch<?> batch = feed.next(); batch != null; batch = feed.next()) {
          float[] pixels = new float[batch.size() * job.trainingPipeline().length()];
          batch.images().get(0, pixels);
          images.write(bytes(pixels));
          ObjectNode minibatch =
              minibatches
                  .addObject()
                  .put("first", first)
                  .put("examples", batch.size())
                  .put("rate", RATE);
          for (int i = 0; i < batch.size(); i++) {
            minibatch.withArray("labels").add(batch.labels()[i]);
          }

          first += batch.size();
        }
      }
    }

    return first;
  }

  private static ObjectNode settings(TrainingJob job) {
    Settings sync = job.recipe().sync();
    ObjectNode settings = new ObjectMapper().createObjectNode();
    settings
        .put("momentum", 0.8)
        .put("weightDecay", 0.001)
        .put("strategy", sync.get(SyncKeys.STRATEGY))
        .put("reset", sync.get(SyncKeys.MOMENTUM).equals(SyncKeys.RESET));
    settings.putArray("input").add(3).add(16).add(16);
    if (sync.get(SyncKeys.STRATEGY).equals("slowmo")) {
      settings
          .put("slowMomentum", sync.get(SlowMo.MOMENTUM))
          .put("slowLearningRate", sync.get(SlowMo.RATE))
          .put("slowNesterov", sync.get(SlowMo.NESTEROV));
    }

    return settings;
  }

  /** The first state. Each tensor's place is added to the settings. */
  private static TrainingState start(TrainingJob job, SyncStrategy strategy, ObjectNode settings) {
    try (NetworkPool.Lease lease = NetworkPool.ofThisProcess().lease(job.network())) {
      lease.network().initialize(7);
      for (ParameterLayout.Tensor tensor : lease.network().layout().tensors()) {
        ObjectNode place =
            settings
                .withArray("layout")
                .addObject()
                .put("name", tensor.name())
                .put("offset", tensor.offset());
        tensor.shape().forEach(side -> place.withArray("shape").add(side));
      }

      return TrainingState.of(strategy.layout(lease.network()), lease.network());
    }
  }

  /** The difference in proportion to the parameters. */
  private static double distance(float[] one, float[] other) {
    assertThat(one).hasSameSizeAs(other);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < one.length; i++) {
      difference += Math.pow((double) one[i] - other[i], 2);
      norm += Math.pow(other[i], 2);
    }

    return Math.sqrt(difference / norm);
  }

  private static float[] values(FlatVector vector) {
    float[] values = new float[vector.length()];
    vector.read(0, FloatBuffer.wrap(values));
    return values;
  }

  private static void write(Path file, float[] values) throws IOException {
    Files.write(file, bytes(values));
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static float[] read(Path file) throws IOException {
    FloatBuffer floats =
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] values = new float[floats.remaining()];
    floats.get(values);
    return values;
  }

  /** Without the virtual environment the test is skipped and says so. */
  private static String python() {
    String python = System.getenv(PYTHON);
    String reason =
        "skipped: the simulation needs Python with NumPy; scripts/test installs it and names it in "
            + PYTHON;
    if (python == null) {
      System.out.println("[WARNING] " + reason); // The build itself shows no reasons.
    }

    assumeTrue(python != null, reason);
    return python;
  }
}
