package convoy.zoo.format;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.function.IntUnaryOperator;

/** How a file stores its numbers; here they are all float32. */
public enum NumberType {
  F32(Float.BYTES),
  /** Rounded to the nearest float32. */
  F64(Double.BYTES),
  /** IEEE half precision; each is a float32. */
  F16(Short.BYTES),
  /** The upper half of a float32. */
  BF16(Short.BYTES);

  private static final int HALF_EXPONENT = 0x7c00;
  private static final int HALF_MANTISSA = 0x3ff;

  private final int bytes;

  NumberType(int bytes) {
    this.bytes = bytes;
  }

  /** Of one number. */
  public int bytes() {
    return bytes;
  }

  /** The numbers of a buffer in its byte order: a view of it for F32, else a copy. */
  public FloatBuffer floats(ByteBuffer from) {
    return switch (this) {
      case F32 -> from.asFloatBuffer();
      case F64 -> {
        FloatBuffer floats = FloatBuffer.allocate(from.remaining() / bytes);
        for (int i = 0; i < floats.capacity(); i++) {
          floats.put(i, (float) from.getDouble(from.position() + i * bytes));
        }

        yield floats;
      }
      case F16 -> widened(from, NumberType::half);
      case BF16 -> widened(from, half -> half << 16);
    };
  }

  private static FloatBuffer widened(ByteBuffer from, IntUnaryOperator bits) {
    FloatBuffer floats = FloatBuffer.allocate(from.remaining() / Short.BYTES);
    for (int i = 0; i < floats.capacity(); i++) {
      int half = from.getShort(from.position() + i * Short.BYTES) & 0xffff;
      floats.put(i, Float.intBitsToFloat(bits.applyAsInt(half)));
    }

    return floats;
  }

  /** The bits of a half as those of a float: 5 bits of exponent to 8, 10 of mantissa to 23. */
  private static int half(int half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half & HALF_EXPONENT;
    int mantissa = half & HALF_MANTISSA;
    if (exponent == HALF_EXPONENT) {
      return sign | 0x7f800000 | mantissa << 13; // Infinity or NaN.
    }

    return exponent == 0
        ? sign | Float.floatToRawIntBits(mantissa * 0x1p-24f)
        : sign | (((exponent | mantissa) << 13) + ((127 - 15) << 23));
  }
}
