package convoy.zoo.engine;

import java.io.Serializable;

/**
 * How an engine executes a network, as plain values.
 *
 * @param optimizer null for inference
 * @param maxBatch the size of the largest minibatch that the network takes
 * @param threads native threads
 * @param microBatch how many pictures go through the network at once. A larger minibatch is cut
 *     into parts, and the gradients of the parts are added up in order.
 * @param precision of convolutions and products
 */
public record Execution(
    OptimizerSpec optimizer, int maxBatch, int threads, int microBatch, Precision precision)
    implements Serializable {

  public Execution {
    if (microBatch < 1 || microBatch > maxBatch) {
      throw new IllegalArgumentException(
          "parts of " + microBatch + " pictures of a minibatch of " + maxBatch);
    }
  }

  /** Executes whole minibatches in float32; the {@code with} methods change that. */
  public Execution(OptimizerSpec optimizer, int maxBatch, int threads) {
    this(optimizer, maxBatch, threads, maxBatch, Precision.FLOAT32);
  }

  /** Returns whether the network is opened for training. */
  public boolean trains() {
    return optimizer != null;
  }

  /**
   * Returns the same execution for minibatches of at most {@code maxBatch} pictures, which are not
   * cut into parts.
   */
  public Execution withMaxBatch(int maxBatch) {
    return new Execution(optimizer, maxBatch, threads, maxBatch, precision);
  }

  public Execution withMicroBatch(int microBatch) {
    return new Execution(optimizer, maxBatch, threads, microBatch, precision);
  }

  public Execution withPrecision(Precision precision) {
    return new Execution(optimizer, maxBatch, threads, microBatch, precision);
  }
}
