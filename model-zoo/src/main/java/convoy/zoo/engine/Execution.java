package convoy.zoo.engine;

import java.io.Serializable;

/**
 * How an engine executes a network, as plain values.
 *
 * @param optimizer null for inference
 * @param maxBatch the largest minibatch that will come
 * @param threads native threads
 * @param microBatch pictures that go through the network at once: a larger minibatch goes in parts
 *     whose gradients are added up in their order
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

  /** Whole minibatches in floats; the {@code with} methods change that. */
  public Execution(OptimizerSpec optimizer, int maxBatch, int threads) {
    this(optimizer, maxBatch, threads, maxBatch, Precision.FLOAT32);
  }

  /** Whether the network is opened for training. */
  public boolean trains() {
    return optimizer != null;
  }

  /** The same for whole minibatches of at most {@code maxBatch} pictures. */
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
