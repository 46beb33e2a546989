package convoy.jobs.train.sync;

import java.io.Serializable;

/**
 * What one worker did in a round.
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
    double lossSum,
    long startedMillis,
    long endedMillis,
    long waitMillis,
    String host,
    String cpu)
    implements Serializable {}
