package convoy.jobs.train.sync;

import java.io.Serializable;

/**
 * What one worker did in a round; null is what the strategy can't tell.
 *
 * @param examples seen, 0 when its share was at its end
 * @param lossSum sum of the examples' losses
 * @param startedMillis wall clock of its first minibatch
 * @param endedMillis wall clock after its last minibatch
 * @param waitMillis of these, waiting for pictures
 * @param host where it ran
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

  /** Of a strategy that knows nothing else. */
  public static WorkerReport ofExamples(int worker, long examples) {
    return new WorkerReport(worker, examples, null, null, null, null, null, null);
  }

  /** Whether it is known when the worker trained and what it waited for. */
  public boolean timed() {
    return startedMillis != null && endedMillis != null && waitMillis != null;
  }
}
