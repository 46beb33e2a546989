package convoy.jobs.train.sync;

import convoy.jobs.exchange.HeldState;
import java.util.List;

/**
 * The result of a round.
 *
 * @param state the next state, which the caller closes after use
 * @param finite whether all values of the state and all losses are finite
 * @param lossSum sum of the losses of all examples
 * @param workers one report of each worker, in the order of the workers
 */
public record RoundResult(
    HeldState state, boolean finite, double lossSum, List<WorkerReport> workers) {
  public RoundResult {
    workers = List.copyOf(workers);
  }

  /** The number of examples of all workers. */
  public long examples() {
    return workers.stream().mapToLong(WorkerReport::examples).sum();
  }

  /** The mean loss of an example, over all workers. */
  public double loss() {
    return lossSum / examples();
  }
}
