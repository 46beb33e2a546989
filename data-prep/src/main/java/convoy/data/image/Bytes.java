package convoy.data.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bounds-checked numbers from a file. A read beyond the end means a truncated picture. */
final class Bytes {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] data;
  private final String format;

  Bytes(byte[] data, String format) {
    this.data = data;
    this.format = format;
  }

  int size() {
    return data.length;
  }

  /** Returns these bytes, with zeros after them if there are fewer than {@code size}. */
  Bytes atLeast(int size) {
    return data.length >= size ? this : of(Arrays.copyOf(data, size));
  }

  /** Returns other bytes of the same format. */
  Bytes of(byte[] other) {
    return new Bytes(other, format);
  }

  byte[] array() {
    return data;
  }

  /** Reads 1 unsigned byte. */
  int u8(long at) throws BadPictureException {
    need(at, 1);
    return data[(int) at] & 0xff;
  }

  /** Reads 2 unsigned bytes, big-endian. */
  int u16(long at) throws BadPictureException {
    return (u8(at) << 8) | u8(at + 1);
  }

  /** Reads 4 unsigned bytes, big-endian. */
  long u32(long at) throws BadPictureException {
    return ((long) u16(at) << 16) | u16(at + 2);
  }

  /** Reads 2 unsigned bytes, little-endian. */
  int u16Little(long at) throws BadPictureException {
    return u8(at) | (u8(at + 1) << 8);
  }

  /** Reads 4 unsigned bytes, little-endian. */
  long u32Little(long at) throws BadPictureException {
    return u16Little(at) | ((long) u16Little(at + 2) << 16);
  }

  /** Returns {@code length} bytes as text, one character a byte. */
  String text(long at, int length) throws BadPictureException {
    need(at, length);
    return new String(data, (int) at, length, StandardCharsets.ISO_8859_1);
  }

  /** Returns whether these ASCII characters stand at this place; false beyond the end. */
  boolean has(long at, String ascii) {
    byte[] wanted = ascii.getBytes(StandardCharsets.ISO_8859_1);
    if (at < 0 || at + wanted.length > data.length) {
      return false;
    }

    for (int i = 0; i < wanted.length; i++) {
      if (data[(int) at + i] != wanted[i]) {
        return false;
      }
    }

    return true;
  }

  /**
   * Returns the place of the first byte 0xff from {@code at} on, or the size if there is none. It
   * compares eight bytes at a time.
   */
  int next0xff(long at) {
    int place = (int) Math.min(at, data.length);
    for (; place + Long.BYTES <= data.length; place += Long.BYTES) {
      long others = ~(long) EIGHT.get(data, place);
      // This sets the high bit of each byte that is 0 now. Other bits can be set above the lowest
      // of these only.
      long zeros = (others - 0x0101010101010101L) & ~others & 0x8080808080808080L;
      if (zeros != 0) {
        return place + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
      }
    }

    while (place < data.length && data[place] != (byte) 0xff) {
      place++;
    }

    return place;
  }

  /** Fails as truncated unless there are {@code length} bytes at {@code at}. */
  void need(long at, long length) throws BadPictureException {
    if (at < 0 || at + length > data.length) {
      throw truncated();
    }
  }

  BadPictureException truncated() {
    return new BadPictureException(
        "truncated", "the " + format + " ends too early, after " + data.length + " bytes");
  }

  BadPictureException broken(String what) {
    return new BadPictureException("broken", "the " + format + " " + what);
  }

  BadPictureException unsupported(String what) {
    return new BadPictureException(
        "unsupported-format",
        what + " " + format + " is not read: save the picture as png or jpeg");
  }
}
