package convoy.data.transform;

import convoy.data.image.Picture;
import java.nio.FloatBuffer;

/** Picture in, network input out. A pure function of (picture, seed); any thread. */
public interface Pipeline {
  /**
   * Writes channels x size x size floats (CHW) at {@code into}'s position and moves it on.
   *
   * @param seed of this example in this epoch; the evaluation pipeline ignores it
   */
  void apply(Picture picture, long seed, FloatBuffer into);

  /** Floats of one example: channels * size * size. */
  int length();
}
