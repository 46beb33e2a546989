package convoy.data.input;

/**
 * What one worker reads of an epoch: positions {@code from} (inclusive) to {@code to} (exclusive)
 * of its share.
 *
 * @param split such as {@code train}
 * @param seed of the run; decides the order and the augmentations
 * @param epoch from 0
 */
public record WorkerRange(
    String split, long seed, int epoch, int workers, int worker, long from, long to) {}
