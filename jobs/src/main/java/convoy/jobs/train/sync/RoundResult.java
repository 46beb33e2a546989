package convoy.jobs.train.sync;

import convoy.jobs.exchange.TrainingState;
import java.util.List;

/**
 * What a round leaves.
 *
 * @param state the next one
 * @param finite whether all its values and all losses are
 * @param lossSum sum of the losses of all examples
 * @param workers a report a worker, in worker order
 */
public record RoundResult(
    TrainingState state, boolean finite, double lossSum, List<WorkerReport> workers) {
  public RoundResult {
    workers = List.copyOf(workers);
  }

  /** Examples of all workers. */
  public long examples() {
    return workers.stream().mapToLong(WorkerReport::examples).sum();
  }

  /** Mean loss of an example over all workers. */
  public double loss() {
    return lossSum / examples();
  }
}
