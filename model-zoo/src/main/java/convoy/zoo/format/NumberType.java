package convoy.zoo.format;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.function.IntUnaryOperator;

/** The number type in which a file stores its values. In memory they are always float32. */
public enum NumberType {
  F32(Float.BYTES),
  /** Each value is rounded to the nearest float32. */
  F64(Double.BYTES),
  /** This is IEEE half precision. A float32 holds each of its values exactly. */
  F16(Short.BYTES),
  /** This is the upper half of a float32. */
  BF16(Short.BYTES);

  private static final int HALF_EXPONENT = 0x7c00;
  private static final int HALF_MANTISSA = 0x3ff;

  private final int bytes;

  NumberType(int bytes) {
    this.bytes = bytes;
  }

  public int bytes() {
    return bytes;
  }

  /**
   * Reads the values of a buffer in its byte order. The result is a view of the buffer for F32 and
   * a copy for all other types.
   */
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

  /**
   * Converts the bits of a half-precision value to those of a float: the exponent grows from 5 to 8
   * bits, the mantissa from 10 to 23.
   */
  private static int half(int half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half & HALF_EXPONENT;
    int mantissa = half & HALF_MANTISSA;
    if (exponent == HALF_EXPONENT) {
      return sign | 0x7f800000 | mantissa << 13; // This is infinity or NaN.
    }

    return exponent == 0
        ? sign | Float.floatToRawIntBits(mantissa * 0x1p-24f)
        : sign | (((exponent | mantissa) << 13) + ((127 - 15) << 23));
  }
}
