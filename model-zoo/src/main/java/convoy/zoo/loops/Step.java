package convoy.zoo.loops;

/** One layer at work on its tensors. The order of calls is forward, then backward. */
public interface Step extends AutoCloseable {
  /** Reads the input's values and writes the output's, for {@code size} pictures. */
  void forward(int size, Mode mode);

  /**
   * Reads the output's gradient, which it may overwrite; writes the parameters' gradient and, where
   * the input is differentiable, the input's.
   */
  void backward(int size);

  /** Frees native memory of its own. */
  @Override
  default void close() {}

  /** Training with this minibatch's seed, or inference. */
  record Mode(boolean training, long seed) {
    public static final Mode INFERENCE = new Mode(false, 0);
  }
}
