package convoy.zoo.format;

import convoy.zoo.engine.FlatVector;
import java.nio.FloatBuffer;

/** A flat vector on the heap. */
final class ArrayVector implements FlatVector {
  private final float[] values;

  /** Shares {@code values}. */
  ArrayVector(float[] values) {
    this.values = values;
  }

  @Override
  public int length() {
    return values.length;
  }

  @Override
  public void read(int offset, FloatBuffer into) {
    into.put(values, offset, into.remaining());
  }

  @Override
  public void write(int offset, FloatBuffer from) {
    from.get(values, offset, from.remaining());
  }
}
