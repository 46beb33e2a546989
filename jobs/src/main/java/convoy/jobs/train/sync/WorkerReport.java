package convoy.jobs.train.sync;

import java.io.Serializable;

/**
 * The report of one worker about a round. A value is null if the strategy doesn't know it.
 *
 * @param examples number of trained examples; 0 if its share of the epoch had ended
 * @param lossSum sum of the examples' losses
 * @param startedMillis wall clock at the start of its first minibatch
 * @param endedMillis wall clock after its last minibatch
 * @param waitMillis how much of this time it waited for pictures
 * @param host host that it ran on
 * @param cpu type of its processor
 */
public record WorkerReport(
    int worker,
    long examples,
    Double lossSum,
    Long startedMillis,
    Long endedMillis,
    Long waitMillis,
    String host,
    String cpu)
    implements Serializable {

  /** The report of a strategy that knows only the number of examples. */
  public static WorkerReport ofExamples(int worker, long examples) {
    return new WorkerReport(worker, examples, null, null, null, null, null, null);
  }

  /** Whether the times of the worker are known. */
  public boolean timed() {
    return startedMillis != null && endedMillis != null && waitMillis != null;
  }
}
