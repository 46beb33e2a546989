package convoy.data.resample;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Pixels as numbers, with red in the low byte, followed by green and blue. So a pixel takes one
 * load or store.
 */
final class Words {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private Words() {}

  /**
   * Reads the four bytes at each place, even if they belong to different pixels, and 0 after the
   * end.
   *
   * @param places counted from {@code at}, ascending or descending
   */
  static void gather(byte[] from, int at, int[] places, int[] to) {
    int end = at + Math.max(places[0], places[places.length - 1]) + Integer.BYTES;
    if (end <= from.length) {
      load(from, at, places, to);
    } else {
      load(Arrays.copyOfRange(from, at, end), 0, places, to);
    }
  }

  private static void load(byte[] from, int at, int[] places, int[] to) {
    for (int x = 0; x < to.length; x++) {
      to[x] = (int) WORD.get(from, at + places[x]);
    }
  }

  /** Reads bytes in stored order, four in each number, and 0 after the end. */
  static void read(byte[] from, int at, int[] to) {
    int end = at + Integer.BYTES * to.length;
    if (end <= from.length) {
      contiguous(from, at, to);
    } else {
      contiguous(Arrays.copyOfRange(from, at, end), 0, to);
    }
  }

  private static void contiguous(byte[] from, int at, int[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = (int) WORD.get(from, at + Integer.BYTES * i);
    }
  }

  /** Writes numbers that {@link #read} has filled. */
  static void write(int[] from, byte[] to) {
    for (int i = 0; i < from.length; i++) {
      WORD.set(to, Integer.BYTES * i, from[i]);
    }
  }

  /** Writes the low bytes of each pixel, one for each channel, side by side from {@code at} on. */
  static void spread(int[] pixels, int channels, byte[] to, int at) {
    if (channels == 3) {
      colour(pixels, to, at);
    } else {
      for (int x = 0; x < pixels.length; x++) {
        to[at + x] = (byte) pixels[x];
      }
    }
  }

  private static void colour(int[] pixels, byte[] to, int at) {
    int last = pixels.length - 1;
    // Adding to the place takes half the time of multiplying x.
    for (int x = 0, place = at; x < last; x++, place += 3) {
      WORD.set(to, place, pixels[x]); // The next pixel overwrites the fourth byte.
    }

    int end = at + 3 * last;
    to[end] = (byte) pixels[last];
    to[end + 1] = (byte) (pixels[last] >> 8);
    to[end + 2] = (byte) (pixels[last] >> 16);
  }
}
