package convoy.jobs.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** A slice of a vector: float32, little-endian. Only the code that made a slice may change it. */
@SuppressWarnings("ArrayRecordComponent") // It carries bytes and is never compared.
public record Slice(byte[] bytes) {
  /** Makes a slice of zeros. */
  public static Slice zeros(int length) {
    return new Slice(new byte[length * Float.BYTES]);
  }

  /** Makes a slice of these floats. */
  public static Slice of(float[] values) {
    Slice slice = zeros(values.length);
    slice.floats().put(values);
    return slice;
  }

  /** A copy, which may be changed. */
  public Slice copy() {
    return new Slice(bytes.clone());
  }

  /** A copy of the floats. */
  public float[] toArray() {
    float[] values = new float[length()];
    floats().get(values);
    return values;
  }

  /** The number of floats. */
  public int length() {
    return bytes.length / Float.BYTES;
  }

  /** A view of the floats, which reads and writes the bytes. */
  public FloatBuffer floats() {
    return floats(bytes);
  }

  static FloatBuffer floats(byte[] slice) {
    return ByteBuffer.wrap(slice).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }
}
