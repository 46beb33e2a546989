package convoy.zoo.engine;

import java.nio.FloatBuffer;

/**
 * A flat float32 vector inside a network, copied in bulk. Its order is the network's {@link
 * ParameterLayout}; it exists only in memory.
 */
public interface FlatVector {
  /** Number of floats. */
  int length();

  /** Fills {@code into} from its position to its limit with the values from {@code offset} on. */
  void read(int offset, FloatBuffer into);

  /** Takes the values of {@code from} from its position to its limit, at {@code offset}. */
  void write(int offset, FloatBuffer from);
}
