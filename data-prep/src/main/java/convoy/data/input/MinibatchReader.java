package convoy.data.input;

import java.io.Closeable;
import java.io.IOException;
import java.nio.FloatBuffer;

/** The minibatches of one worker in order. Used by one thread. */
public interface MinibatchReader extends Closeable {
  /**
   * Fills the next minibatch from position 0 on.
   *
   * @param images direct, batch * pipeline length floats
   * @param labels batch
   * @return examples filled, 0 at the end
   */
  int next(FloatBuffer images, int[] labels) throws IOException, InterruptedException;

  /** Time the caller has waited in {@link #next} so far, in nanoseconds. */
  long waitNanos();
}
