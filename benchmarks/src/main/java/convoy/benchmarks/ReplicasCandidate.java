package convoy.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Networks of one native thread, as many as the workload has threads. Each computes its share of
 * the minibatch on a separate thread. Their gradients are not added up, although real replicas have
 * that cost too.
 */
final class ReplicasCandidate implements Candidate {
  private final List<Candidate> replicas = new ArrayList<>();
  private final ExecutorService threads;

  ReplicasCandidate(Workload workload, boolean dropout) {
    int share = workload.batch() / workload.threads();
    Pictures all = Pictures.drawn(workload.graph(dropout), workload.batch());
    Workload part =
        new Workload(
            workload.network(),
            workload.heads(),
            workload.mode(),
            1,
            share,
            workload.classes(),
            workload.precision());
    for (int i = 0; i < workload.threads(); i++) {
      replicas.add(new ConvoyCandidate(part, dropout, all.part(i * share, share)));
    }

    this.threads = Executors.newFixedThreadPool(workload.threads());
  }

  @Override
  public double iterate() {
    List<Future<Double>> losses = new ArrayList<>();
    for (Candidate replica : replicas) {
      losses.add(threads.submit(replica::iterate));
    }

    double sum = 0;
    for (Future<Double> loss : losses) {
      try {
        sum += loss.get();
      } catch (Exception problem) {
        throw new IllegalStateException("a replica: " + problem.getMessage(), problem);
      }
    }

    return sum / replicas.size();
  }

  @Override
  public void close() {
    threads.shutdown();
    replicas.forEach(Candidate::close);
  }
}
