package convoy.jobs.train.sync;

import convoy.data.input.MinibatchReader;
import convoy.data.input.MinibatchReaders;
import convoy.data.input.WorkerRange;
import convoy.data.order.EpochShares;
import convoy.data.order.Seeds;
import convoy.data.pipeline.Pipeline;
import convoy.jobs.network.NetworkPool;
import convoy.jobs.recipe.Recipe;
import convoy.jobs.spark.Cpu;
import convoy.zoo.engine.Network;
import java.io.IOException;
import java.io.Serializable;
import java.net.InetAddress;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import scala.Tuple2;

/**
 * One worker in one round: loads the state unless its network holds it, trains its minibatches,
 * gives back its slices and its report. A pure function of its fields and the worker's number.
 */
record WorkerTask(TrainingJob job, Round round, BroadcastState state) implements Serializable {

  /** Pairs of (slice, what the worker has for it); the report stands behind the last slice. */
  Iterator<Tuple2<SliceKey, WorkerPart>> run(int worker) throws IOException, InterruptedException {
    // Spark's listener gives the network back when the task ends, however it ends: the slices are
    // read from it while Spark writes them.
    NetworkPool.Lease lease = NetworkPool.ofThisProcess().lease(job.network());
    boolean loaded = lease.holds(state.state());
    Network network = lease.network();
    if (!loaded) {
      state.loadAll(network);
    }

    WorkerReport report = train(lease, network, worker);
    UUID reached = UUID.randomUUID();
    lease.name(reached);
    List<SlicePlan.Slice> cuts = state.plan().slices();
    List<Tuple2<SliceKey, WorkerPart>> parts = new ArrayList<>();
    if (report.examples() > 0) {
      byte[] bytes = new byte[cuts.stream().mapToInt(SlicePlan.Slice::bytes).max().orElse(0)];
      for (int slice = 0; slice < cuts.size(); slice++) {
        parts.add(
            new Tuple2<>(
                new SliceKey(slice, worker),
                new WorkerPart.InNetwork(
                    report.examples(), reached, network, cuts.get(slice), bytes)));
      }
    }

    parts.add(new Tuple2<>(new SliceKey(cuts.size(), worker), report));
    return parts.iterator();
  }

  private WorkerReport train(NetworkPool.Lease lease, Network network, int worker)
      throws IOException, InterruptedException {
    Recipe.Training training = job.recipe().training();
    int batch = training.batchSizePerWorker();
    EpochShares.Range positions = job.range(round, worker);
    Pipeline pipeline = job.trainingPipeline();
    WorkerRange range =
        new WorkerRange(
            "train",
            training.seed(),
            round.epoch(),
            training.workers(),
            worker,
            positions.from(),
            positions.to());
    long started = System.currentTimeMillis();
    long examples = 0;
    double loss = 0;
    long waited = 0;
    if (!positions.isEmpty()) {
      // Kept with the network: a new direct buffer a round waits for the garbage collector.
      FloatBuffer images = lease.buffers(1, batch * pipeline.length()).get(0);
      int[] labels = new int[batch];
      try (MinibatchReader reader =
          MinibatchReaders.training(
              job.hadoop().configuration(),
              new Path(job.dataset()),
              job.manifest(),
              range,
              pipeline,
              batch,
              1)) {
        int done = 0;
        for (int size = reader.next(images, labels); size > 0; size = reader.next(images, labels)) {
          stopIfKilled();
          int minibatch = Math.toIntExact(round.firstMinibatch() + done);
          long seed = Seeds.ofRound(training.seed(), round.epoch(), minibatch, worker);
          loss += network.computeGradient(images, labels, size, seed);
          network.update(round.learningRates().get(done), round.firstIteration() + done);
          examples += size;
          done++;
        }

        waited = reader.waitNanos() / 1_000_000;
      }
    }

    return new WorkerReport(
        worker, examples, loss, started, System.currentTimeMillis(), waited, host(), Cpu.type());
  }

  private static void stopIfKilled() {
    TaskContext task = TaskContext.get();
    if (task != null && task.isInterrupted()) {
      throw new TaskKilledException("stopped between two minibatches");
    }
  }

  private static String host() throws IOException {
    return InetAddress.getLocalHost().getHostName();
  }
}
