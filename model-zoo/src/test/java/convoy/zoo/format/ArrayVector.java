package convoy.zoo.format;

import convoy.zoo.engine.FlatVector;
import java.nio.FloatBuffer;

final class ArrayVector implements FlatVector {
  private final float[] values;

  /** The vector shares {@code values} and does not copy it. */
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
