package convoy.jobs.train.sync;

import convoy.data.input.ExampleRow;
import convoy.data.input.Minibatch;
import convoy.data.input.MinibatchFeed;
import convoy.data.order.Seeds;
import convoy.jobs.exchange.Contribution;
import convoy.jobs.exchange.HeldState;
import convoy.jobs.exchange.StateLayout;
import convoy.jobs.exchange.StateVector;
import convoy.jobs.exchange.Wire;
import convoy.jobs.exchange.WorkerStep;
import convoy.jobs.network.NetworkPool;
import convoy.jobs.recipe.TrainingKeys;
import convoy.jobs.spark.Cpu;
import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Network;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;

/**
 * One worker in one round. It loads the state unless its network holds it, trains its minibatches,
 * and returns its vectors and its report. It is a pure function of its fields and the worker's
 * number.
 *
 * @param sendsGradient whether it leaves the update of the round's only minibatch to others, and
 *     sends the gradient
 */
record WorkerTask(TrainingJob job, Round round, HeldState state, boolean sendsGradient)
    implements WorkerStep<WorkerReport> {

  @Override
  public Contribution<WorkerReport> run(int worker) throws IOException, InterruptedException {
    // The lease ends with the task, however the task ends, as Spark reads the vectors from the
    // network until then.
    NetworkPool.Lease lease = NetworkPool.ofThisProcess().lease(job.network());
    boolean loaded = lease.holds(state.state());
    Network network = lease.network();
    if (!loaded) {
      int workers = job.recipe().training().get(TrainingKeys.WORKERS);
      boolean again = job.sendsRounded() && !(sendsGradient && statistics(network).isEmpty());
      state.loadAll(network, worker, workers, again);
    }

    WorkerReport report = train(lease, network, worker);
    UUID sent = UUID.randomUUID();
    if (!sendsGradient && !job.sendsRounded()) {
      lease.name(sent); // What is sent otherwise isn't what the network holds.
    }

    return new Contribution<>(report.examples(), sent, vectors(network), wire(worker), report);
  }

  private Map<String, FlatVector> vectors(Network network) {
    Map<String, FlatVector> vectors = new HashMap<>(Contribution.vectorsOf(network));
    if (job.sendsRounded()) {
      vectors.replaceAll((name, now) -> Differences.of(now, StateVector.of(state, name)));
    }

    if (!sendsGradient) {
      return vectors;
    }

    FlatVector moved = vectors.get(StateLayout.PARAMETERS);
    return Map.of(
        StateLayout.PARAMETERS, statistics(network).besideGradient(network.gradient(), moved));
  }

  private static Statistics statistics(Network network) {
    return Statistics.of(network.layout());
  }

  private Wire wire(int worker) {
    long seed = job.recipe().training().get(TrainingKeys.SEED);
    return job.sendsRounded()
        ? Wire.bfloat16(Seeds.ofWire(seed, round.number(), worker))
        : Wire.FLOAT32;
  }

  private WorkerReport train(NetworkPool.Lease lease, Network network, int worker)
      throws IOException, InterruptedException {
    long seed = job.recipe().training().get(TrainingKeys.SEED);
    WorkerExamples part = new WorkerExamples(job, round, worker);
    long started = System.currentTimeMillis();
    long examples = 0;
    double loss = 0;
    long waited = 0;
    if (!part.range().isEmpty()) {
      // Buffers stay with the network. New ones in each round would wait for the garbage collector.
      try (MinibatchFeed<ExampleRow> feed = part.feed(lease::buffers)) {
        int done = 0;
        for (Minibatch<?> batch = feed.next(); batch != null; batch = feed.next()) {
          stopIfKilled();
          int minibatch = Math.toIntExact(round.firstMinibatch() + done);
          long dropout = Seeds.ofRound(seed, round.epoch(), minibatch, worker);
          loss += network.computeGradient(batch.images(), batch.labels(), batch.size(), dropout);
          if (!sendsGradient) {
            network.update(round.learningRates().get(done), round.firstIteration() + done);
          }

          examples += batch.size();
          done++;
        }

        waited = feed.waitNanos() / 1_000_000;
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
