package convoy.data.image;

import convoy.data.transform.Draws;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Makes damaged copies of files: bits flipped, bytes overwritten, removed or cut off. */
final class Damage {
  /** Headers are short and decide most, so half of the damage hits them. */
  private static final int HEADER = 96;

  private static final int FIRST_CHUNK = 8;

  private Damage() {}

  static byte[] of(byte[] file, Draws draws) {
    byte[] damaged = file.clone();
    int changes = 1 + draws.below(8);
    for (int i = 0; i < changes; i++) {
      int at = draws.below(draws.coin() ? Math.min(HEADER, file.length) : file.length);
      damaged[at] = (byte) (draws.coin() ? damaged[at] ^ 1 << draws.below(8) : draws.below(256));
    }

    if (draws.below(4) == 0) {
      damaged = Arrays.copyOf(damaged, draws.below(damaged.length));
    } else if (draws.below(4) == 0) {
      damaged = without(damaged, draws.below(damaged.length), 1 + draws.below(40));
    }

    // Half of the PNGs get correct checksums, so that the damage reaches the code after that check.
    return draws.coin() ? withChecksums(damaged) : damaged;
  }

  private static byte[] without(byte[] bytes, int from, int count) {
    int end = Math.min(bytes.length, from + count);
    byte[] shorter = Arrays.copyOf(bytes, bytes.length - (end - from));
    System.arraycopy(bytes, end, shorter, from, bytes.length - end);
    return shorter;
  }

  /** A file that isn't a PNG stays unchanged. */
  private static byte[] withChecksums(byte[] bytes) {
    ByteBuffer png = ByteBuffer.wrap(bytes);
    if (bytes.length < FIRST_CHUNK || png.getLong(0) != 0x89504e470d0a1a0aL) {
      return bytes;
    }

    int at = FIRST_CHUNK;
    while (at + 12 <= bytes.length) {
      int length = png.getInt(at);
      if (length < 0 || length > bytes.length - at - 12) {
        break;
      }

      CRC32 crc = new CRC32();
      crc.update(bytes, at + 4, 4 + length);
      png.putInt(at + 8 + length, (int) crc.getValue());
      at += 12 + length;
    }

    return bytes;
  }
}
