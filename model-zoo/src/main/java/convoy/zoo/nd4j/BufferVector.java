package convoy.zoo.nd4j;

import convoy.zoo.engine.FlatVector;
import java.nio.FloatBuffer;

/** A flat vector over native memory whose values are copied in bulk. */
public record BufferVector(FloatBuffer values, int length) implements FlatVector {
  @Override
  public void read(int offset, FloatBuffer into) {
    int count = into.remaining();
    into.put(into.position(), values, offset, count);
    into.position(into.limit());
  }

  @Override
  public void write(int offset, FloatBuffer from) {
    int count = from.remaining();
    values.put(offset, from, from.position(), count);
    from.position(from.limit());
  }
}
