package convoy.zoo.loops;

/** One layer that works on its tensors. The order of calls is forward, then backward. */
public interface Step extends AutoCloseable {
  /** Reads the input's values and writes the output's values for {@code size} pictures. */
  void forward(int size, Mode mode);

  /**
   * Reads the output's gradient, which it may overwrite. It writes the gradient of the parameters
   * and, if the input is differentiable, the gradient of the input.
   */
  void backward(int size);

  /** Frees native memory that the step owns. */
  @Override
  default void close() {}

  /** Training with the seed of this minibatch, or inference. */
  record Mode(boolean training, long seed) {
    public static final Mode INFERENCE = new Mode(false, 0);
  }
}
