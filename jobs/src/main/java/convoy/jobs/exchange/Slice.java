package convoy.jobs.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A slice of a vector: float32, little-endian. Nobody changes a slice that somebody else has made.
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier of bytes; never compared.
public record Slice(byte[] bytes) {
  /** A slice of zeros, to be filled. */
  public static Slice zeros(int length) {
    return new Slice(new byte[length * Float.BYTES]);
  }

  /** Number of floats. */
  public int length() {
    return bytes.length / Float.BYTES;
  }

  /** The floats; reads and writes go to the bytes. */
  public FloatBuffer floats() {
    return floats(bytes);
  }

  static FloatBuffer floats(byte[] slice) {
    return ByteBuffer.wrap(slice).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }
}
