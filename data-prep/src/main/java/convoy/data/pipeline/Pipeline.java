package convoy.data.pipeline;

import convoy.data.image.Picture;
import java.nio.FloatBuffer;

/** Picture in, network input out. A pure function of (picture, seed); any thread. */
public interface Pipeline {
  /**
   * Writes {@link #inputs} x channels x size x size floats (NCHW) at {@code into}'s position and
   * moves it on.
   *
   * @param seed of this example in this epoch; the evaluation pipeline ignores it
   */
  void apply(Picture picture, long seed, FloatBuffer into);

  /** Floats of one network input: channels * size * size. */
  int length();

  /** Network inputs that a picture becomes; the mean of their probabilities is the picture's. */
  default int inputs() {
    return 1;
  }
}
