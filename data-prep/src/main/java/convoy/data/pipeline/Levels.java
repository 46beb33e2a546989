package convoy.data.pipeline;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A row's levels, 0 to 255, from whole numbers to floats. Java 17 doesn't vectorise the cast, so it
 * is a float's own bits that are written: those of 2^23 with the level as the mantissa's end are
 * the number 2^23 + level.
 */
final class Levels {
  /** What level 0 is read as. */
  static final float ZERO = 0x1p23f;

  private static final int ZERO_BITS = Float.floatToRawIntBits(ZERO);
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private final byte[] bits;
  private final FloatBuffer floats;

  Levels(int width) {
    this.bits = new byte[Float.BYTES * width];
    this.floats = ByteBuffer.wrap(bits).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** Each pixel's level of one channel, plus {@link #ZERO}. */
  void read(int[] pixels, int channel, float[] to) {
    write(pixels, Byte.SIZE * channel, bits);
    floats.get(0, to);
  }

  private static void write(int[] pixels, int shift, byte[] bits) {
    for (int x = 0; x < pixels.length; x++) {
      WORD.set(bits, Float.BYTES * x, ((pixels[x] >>> shift) & 0xff) | ZERO_BITS);
    }
  }
}
