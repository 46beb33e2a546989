package convoy.zoo.engine;

import java.nio.FloatBuffer;

/**
 * A flat float32 vector inside a network. Values are copied in and out in bulk, in the order of the
 * network's {@link ParameterLayout}. The vector exists only in memory.
 */
public interface FlatVector {
  int length();

  /**
   * Fills {@code into} from its position to its limit with the values that start at {@code offset}.
   */
  void read(int offset, FloatBuffer into);

  /** Copies the values of {@code from}, from its position to its limit, to {@code offset}. */
  void write(int offset, FloatBuffer from);
}
