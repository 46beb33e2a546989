package convoy.data.pipeline;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Converts a row's levels, 0 to 255, from whole numbers to floats. Java 17 doesn't vectorise this
 * cast, so the code writes a float's bits instead: the bits of 2^23, with the level at the end of
 * the mantissa, are the number 2^23 + level.
 */
final class Levels {
  /** The float that level 0 becomes. */
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

  /** Reads each pixel's level of one channel, plus {@link #ZERO}. */
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
