package convoy.data.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * Rewrites a TIFF for a reader that is less forgiving than libtiff. The result has one directory,
 * of only the tags that are wanted: no nested directory, no colour profile and no private tag.
 */
final class StrictDirectory {
  private static final int ENTRY = 12;
  private static final int SHORT = 3;
  private static final int LONG = 4;

  private StrictDirectory() {}

  /**
   * Returns a copy of the file.
   *
   * @param shorts tags whose numbers must have 16 bits, and get them
   * @param longs tags that stay as they are
   */
  static Bytes of(
      Bytes bytes, ImageFileDirectory directory, Set<Integer> shorts, Set<Integer> longs)
      throws BadPictureException {
    ByteBuffer file = ByteBuffer.wrap(bytes.array().clone());
    file.order(directory.little() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int first = (int) directory.entries();
    int to = first;
    for (int i = 0; i < directory.count(); i++) {
      int from = first + ENTRY * i;
      bytes.need(from, ENTRY);
      int tag = file.getShort(from) & 0xffff;
      if (shorts.contains(tag) || longs.contains(tag)) {
        file.put(to, bytes.array(), from, ENTRY);
        if (shorts.contains(tag) && file.getShort(to + 2) == LONG) {
          shorten(bytes, directory.numbers(tag), file, to);
        }

        to += ENTRY;
      }
    }

    file.putShort(first - 2, (short) ((to - first) / ENTRY));
    bytes.need(to, Integer.BYTES);
    file.putInt(to, 0); // There is no next directory.
    return bytes.of(file.array());
  }

  /** Writes the numbers of an entry as 16 bits where they stood, or inside it if there is room. */
  private static void shorten(
      Bytes bytes, ImageFileDirectory.Numbers numbers, ByteBuffer file, int entry)
      throws BadPictureException {
    boolean inside = numbers.count() * Short.BYTES <= Integer.BYTES;
    int at = inside ? entry + 8 : (int) numbers.at();
    for (int i = 0; i < numbers.count(); i++) {
      long place = numbers.at() + (long) Integer.BYTES * i;
      bytes.need(place, Integer.BYTES);
      // An entry that moved up has its only number at another place now.
      int number = file.getInt(numbers.count() == 1 ? entry + 8 : (int) place);
      file.putShort(at + Short.BYTES * i, (short) number);
    }

    file.putShort(entry + 2, (short) SHORT);
  }
}
