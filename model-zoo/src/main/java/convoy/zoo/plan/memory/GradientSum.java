package convoy.zoo.plan.memory;

import java.nio.FloatBuffer;

/**
 * The gradient of a minibatch that goes through the network in parts. It adds up the mean gradients
 * of the parts in their order, each weighted by its share of the pictures.
 */
public final class GradientSum implements AutoCloseable {
  private static final int CHUNK = 1024;

  private final ParameterStore store;
  private NativeBlock sums;

  public GradientSum(ParameterStore store) {
    this.store = store;
  }

  /**
   * Adds the gradient in the store. After the last part, the store holds the whole sum.
   *
   * @param share of the minibatch's pictures
   */
  public void add(double share, boolean first, boolean last) {
    if (sums == null) {
      sums = NativeBlock.zeros(store.gradient().bytes());
    }

    FloatBuffer gradient = store.floats(store.gradient());
    FloatBuffer sum = store.floats(sums);
    FloatBuffer into = last ? gradient : sum;
    float weight = (float) share;
    float[] part = new float[CHUNK];
    float[] before = new float[CHUNK];
    for (int at = 0; at < gradient.capacity(); at += CHUNK) {
      int count = Math.min(CHUNK, gradient.capacity() - at);
      gradient.get(at, part, 0, count);
      if (!first) {
        sum.get(at, before, 0, count);
      }

      for (int i = 0; i < count; i++) {
        before[i] = (first ? 0 : before[i]) + weight * part[i];
      }

      into.put(at, before, 0, count);
    }
  }

  @Override
  public void close() {
    if (sums != null) {
      sums.close();
    }
  }
}
