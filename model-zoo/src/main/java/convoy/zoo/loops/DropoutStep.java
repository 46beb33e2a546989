package convoy.zoo.loops;

import java.nio.FloatBuffer;
import java.util.SplittableRandom;

/**
 * Inverted dropout. Which values are dropped is a pure function of the minibatch's seed, this
 * layer's place in the network and the place of the value.
 */
public final class DropoutStep implements Step {
  /**
   * The number of values that a loop handles at a time, so that they fit into the first-level
   * cache.
   */
  private static final int CHUNK = 1024;

  private final PlainTensor input;
  private final PlainTensor output;
  private final double rate;
  private final int place;
  private long seed;
  private boolean training;

  public DropoutStep(double rate, int place, PlainTensor input, PlainTensor output) {
    this.rate = rate;
    this.place = place;
    this.input = input;
    this.output = output;
  }

  @Override
  public void forward(int size, Mode mode) {
    training = mode.training() && rate > 0;
    seed = mode.seed();
    apply(input.values(), output.values(), size * input.shape().size());
  }

  @Override
  public void backward(int size) {
    if (input.differentiable()) {
      apply(output.gradient(), input.gradient(), size * input.shape().size());
    }
  }

  /**
   * Returns this layer's own sequence of random numbers, which is split off from the minibatch's
   * generator. Adding a multiple of the generator's step to the seed would not do: all layers would
   * get the same sequence, only shifted.
   */
  private SplittableRandom draws() {
    SplittableRandom minibatch = new SplittableRandom(seed);
    SplittableRandom own = minibatch.split();
    for (int i = 0; i < place; i++) {
      own = minibatch.split();
    }

    return own;
  }

  // Both directions draw the same numbers, so no mask is kept.
  private void apply(FloatBuffer from, FloatBuffer into, int length) {
    if (!training) {
      into.put(0, from, 0, length);
      return;
    }

    float kept = (float) (1 / (1 - rate));
    SplittableRandom random = draws();
    float[] chunk = new float[CHUNK];
    for (int at = 0; at < length; at += chunk.length) {
      int count = Math.min(chunk.length, length - at);
      from.get(at, chunk, 0, count);
      for (int i = 0; i < count; i++) {
        chunk[i] = random.nextDouble() < rate ? 0 : chunk[i] * kept;
      }

      into.put(at, chunk, 0, count);
    }
  }
}
