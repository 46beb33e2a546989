package convoy.jobs.train.sync;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.cluster.Await;
import convoy.jobs.exchange.Contribution;
import convoy.jobs.exchange.FirstState;
import convoy.jobs.exchange.HeldState;
import convoy.jobs.exchange.Slice;
import convoy.jobs.exchange.Slices;
import convoy.jobs.exchange.StateLayout;
import convoy.jobs.exchange.StateVector;
import convoy.jobs.exchange.TrainingState;
import convoy.jobs.network.NetworkPool;
import convoy.jobs.spark.internal.Blocks;
import convoy.jobs.train.SyncStrategies;
import convoy.zoo.engine.Network;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark does around a round: attempts that fail, files that stay. */
class RoundsOnSparkIT {
  @TempDir private static Path folder;
  private static DrawnJobs jobs;
  private static TrainingJob job;
  private static TrainingJob alone;
  private static TrainingJob adam;

  @BeforeAll
  static void prepare() throws IOException {
    String local = folder.resolve("local").toString();
    // Each task may fail once.
    jobs = DrawnJobs.open(folder, 9, 32, "local[2,2]", Map.of("spark.local.dir", local));
    String momentum = "{momentum: 0.9, weightDecay: 0.0005}";
    job = job(2, momentum);
    alone = job(1, momentum);
    adam = job(2, "{name: adam}");
  }

  private static TrainingJob job(int workers, String optimizer) {
    String recipe =
        """
        model: {name: lenet5-modern, inputSize: 32, inputChannels: 3}
        data: {train: [{randomCrop: {size: 32, padding: 2}}, {flip: horizontal}]}
        schedule: {name: constant, learningRate: 0.01}
        training: {batchSizePerWorker: 4}
        sync: {interval: 2}
        """;
    return jobs.job(recipe + "optimizer: " + optimizer, List.of("training.workers=" + workers));
  }

  @AfterAll
  static void close() {
    if (jobs != null) {
      jobs.close();
    }
  }

  @Test
  void aWorkerWhoseFirstAttemptFailsGivesTheSameFloats() {
    assertSameFloatsAfterAFailure(job, 2);
  }

  @Test
  void aFailedAttemptWithARuleOfTwoStateVectorsChangesNoFloatEither() {
    assertSameFloatsAfterAFailure(adam, 3);
  }

  private static void assertSameFloatsAfterAFailure(TrainingJob job, int vectors) {
    TrainingState start = start(job);
    assertThat(start.slices()).hasSize(vectors);
    HeldState sent = HeldState.inDriver(spark(), Blocks.newOwner(), start.id(), start);
    WorkerTask task = new WorkerTask(job, round(3), sent, false);
    List<byte[]> undisturbed = slices(task, false);
    assertThat(undisturbed).hasSize(start.slices().size());
    assertThat(undisturbed.get(0)).isNotEqualTo(start.slices().get(0));
    List<byte[]> again = slices(task, true);
    for (int slice = 0; slice < undisturbed.size(); slice++) {
      assertThat(again.get(slice)).isEqualTo(undisturbed.get(slice));
    }

    sent.close();
  }

  @Test
  void aRoundLeavesNoShuffleFilesBehind() throws IOException {
    try (Workers workers = SyncStrategies.strategy("averaging").open(spark(), job)) {
      TrainingState state = start();
      for (int round = 0; round < 5; round++) {
        state = new Rounds(spark(), workers).train(state, round(round)).state();
      }
    }

    // Spark removes them on another thread.
    Await.until(
        "a local folder without shuffle files",
        Duration.ofSeconds(20),
        () -> shuffleFiles().isEmpty() ? Optional.of(true) : Optional.empty());
  }

  @Test
  void aWorkerAloneGoesOnWithWhatItsNetworkHoldsAndGetsTheSameFloats() {
    TrainingState held = start();
    TrainingState loaded = held;
    try (Workers worker = SyncStrategies.strategy("averaging").open(spark(), alone)) {
      for (int round = 0; round < 4; round++) {
        loaded = new Rounds(spark(), worker).train(anew(loaded), round(round)).state();
      }

      for (int round = 0; round < 4; round++) {
        held = new Rounds(spark(), worker).train(held, round(round)).state();
        try (NetworkPool.Lease lease = NetworkPool.ofThisProcess().lease(alone.network())) {
          assertThat(lease.holds(held.id())).isTrue();
          if (round == 2) {
            lease.network().initialize(99); // Somebody else had it: it is loaded again.
          }
        }
      }
    }

    assertSame(held, loaded);
  }

  @Test
  void noNetworkHoldsTheMeanOfTwo() {
    try (Workers workers = SyncStrategies.strategy("averaging").open(spark(), job)) {
      TrainingState mean = new Rounds(spark(), workers).train(start(), round(0)).state();
      try (NetworkPool.Lease one = NetworkPool.ofThisProcess().lease(job.network());
          NetworkPool.Lease two = NetworkPool.ofThisProcess().lease(job.network())) {
        assertThat(one.holds(mean.id()) || two.holds(mean.id())).isFalse();
      }
    }
  }

  /** The first two minibatches of an epoch, whose shares are 18 or 36 examples. */
  private static Round round(int number) {
    return new Round(number, number, 0, 9L * number, List.of(0.01, 0.01));
  }

  /** The same floats under an id that no network knows. */
  private static TrainingState anew(TrainingState state) {
    return new TrainingState(state.layout(), state.slices());
  }

  private static void assertSame(TrainingState one, TrainingState other) {
    for (int slice = 0; slice < one.slices().size(); slice++) {
      assertThat(one.slices().get(slice)).isEqualTo(other.slices().get(slice));
    }
  }

  private static List<byte[]> slices(WorkerTask task, boolean failFirst) {
    return spark()
        .parallelize(List.of(1), 1)
        .mapPartitions(
            worker -> {
              Contribution<WorkerReport> trained = task.run(worker.next());
              if (failFirst && TaskContext.get().attemptNumber() == 0) {
                throw new IOException("this attempt was to fail");
              }

              return sent(task.state().layout(), trained).iterator();
            })
        .collect();
  }

  private static List<byte[]> sent(StateLayout layout, Contribution<?> trained) {
    List<byte[]> slices = new ArrayList<>();
    for (StateLayout.Cut cut : layout.networkCuts()) {
      Slice slice = Slice.zeros(cut.length());
      trained.vectors().get(cut.vector()).read(cut.offset(), slice.floats());
      slices.add(slice.bytes());
    }

    return slices;
  }

  @Test
  void aFirstStateIsFilledAsOneOnTheHeap() {
    Network network = job.network().withMaxBatch(1).open();
    List<String> optimizer = network.optimizerStateNames();
    assertThat(optimizer).isNotEmpty();
    int length = network.parameters().length();
    StateLayout layout = new StateLayout(length, optimizer, List.of("slow"), 1000);
    try (FirstState first = new FirstState(layout, network)) {
      first.initialize(7);
      TrainingState heap = TrainingState.of(layout, network);
      assertThat(slicesOf(first)).containsExactlyElementsOf(heap.slices());
      FloatBuffer drawn = FloatBuffer.allocate(2 * length);
      Random random = new Random(5);
      IntStream.range(0, drawn.capacity()).forEach(i -> drawn.put(i, random.nextFloat()));
      for (int at = 0; at < drawn.capacity(); at += 1537) {
        int count = Math.min(1537, drawn.capacity() - at);
        first.besidesParameters().write(at, drawn.slice(at, count));
      }

      StateVector.besidesParameters(heap).write(0, drawn);
      assertThat(slicesOf(first)).containsExactlyElementsOf(heap.slices());
    }
  }

  private static List<byte[]> slicesOf(Slices state) {
    return IntStream.range(0, state.layout().cuts().size())
        .mapToObj(slice -> state.slice(slice).bytes())
        .toList();
  }

  private static TrainingState start() {
    return start(job);
  }

  private static TrainingState start(TrainingJob job) {
    try (NetworkPool.Lease lease = NetworkPool.ofThisProcess().lease(job.network())) {
      Network network = lease.network();
      network.initialize(7);
      return TrainingState.of(StateLayout.of(network, List.of()), network);
    }
  }

  private static List<Path> shuffleFiles() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("local"))) {
      return all.filter(file -> file.getFileName().toString().startsWith("shuffle_")).toList();
    }
  }

  private static JavaSparkContext spark() {
    return jobs.spark();
  }
}
