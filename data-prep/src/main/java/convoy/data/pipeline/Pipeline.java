package convoy.data.pipeline;

import convoy.data.image.Picture;
import java.nio.FloatBuffer;

/**
 * Turns a picture into network inputs. A pure function of (picture, seed); any thread may call it.
 */
public interface Pipeline {
  /**
   * Writes {@link #inputs} x channels x size x size floats (NCHW) at {@code into}'s position and
   * advances the position.
   *
   * @param seed of this example in this epoch; the evaluation pipeline ignores it
   */
  void apply(Picture picture, long seed, FloatBuffer into);

  /** Returns the floats of one network input: channels * size * size. */
  int length();

  /**
   * Returns the number of network inputs of a picture. The mean of their probabilities is the
   * picture's.
   */
  default int inputs() {
    return 1;
  }
}
