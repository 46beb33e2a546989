package convoy.jobs.train.sync;

import convoy.data.input.MinibatchReader;
import convoy.data.input.MinibatchReaders;
import convoy.data.input.WorkerRange;
import convoy.data.order.EpochShares;
import convoy.data.order.Seeds;
import convoy.data.pipeline.Pipeline;
import convoy.jobs.exchange.BroadcastState;
import convoy.jobs.exchange.Contribution;
import convoy.jobs.exchange.WorkerStep;
import convoy.jobs.network.NetworkPool;
import convoy.jobs.recipe.Recipe;
import convoy.jobs.spark.Cpu;
import convoy.zoo.engine.Network;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.FloatBuffer;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;

/**
 * One worker in one round: loads the state unless its network holds it, trains its minibatches,
 * gives its vectors and its report. A pure function of its fields and the worker's number.
 */
record WorkerTask(TrainingJob job, Round round, BroadcastState state)
    implements WorkerStep<WorkerReport> {

  @Override
  public Contribution<WorkerReport> run(int worker) throws IOException, InterruptedException {
    // The task's end gives the network back, however it ends: its vectors are read from it while
    // Spark writes them.
    NetworkPool.Lease lease = NetworkPool.ofThisProcess().lease(job.network());
    boolean loaded = lease.holds(state.state());
    Network network = lease.network();
    if (!loaded) {
      state.loadAll(network);
    }

    WorkerReport report = train(lease, network, worker);
    UUID reached = UUID.randomUUID();
    lease.name(reached);
    return new Contribution<>(report.examples(), reached, network, report);
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
