package convoy.jobs.train.sync;

import java.util.List;

/**
 * What a round leaves: the next state, whether all its values are finite, and a report a worker in
 * worker order.
 */
public record RoundResult(TrainingState state, boolean finite, List<WorkerReport> workers) {
  public RoundResult {
    workers = List.copyOf(workers);
  }

  /** Examples of all workers. */
  public long examples() {
    return workers.stream().mapToLong(WorkerReport::examples).sum();
  }

  /** Mean loss of an example over all workers. */
  public double loss() {
    double sum = 0;
    for (WorkerReport worker : workers) {
      sum += worker.lossSum();
    }

    return sum / examples();
  }
}
