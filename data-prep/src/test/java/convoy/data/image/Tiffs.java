package convoy.data.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/** Writes TIFF 6.0 files: uncompressed, one strip, numbers little-endian. */
final class Tiffs {
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int BITS = 258;
  private static final int STRIP_OFFSETS = 273;
  private static final int STRIP_LENGTHS = 279;

  private Tiffs() {}

  /**
   * Creates a file of these pixels.
   *
   * @param bits 8 or 16; a pixel of 16 bits is 257 times that of 8
   * @param orientation tag 274
   */
  static byte[] of(Picture picture, int bits, int orientation) {
    int channels = picture.channels();
    Map<Integer, Integer> tags = new TreeMap<>();
    tags.put(256, picture.width());
    tags.put(257, picture.height());
    tags.put(BITS, bits);
    tags.put(259, 1);
    tags.put(262, channels == 1 ? 1 : 2);
    tags.put(274, orientation);
    tags.put(277, channels);
    tags.put(278, picture.height());
    tags.put(STRIP_LENGTHS, picture.pixels().length * bits / 8);
    tags.put(STRIP_OFFSETS, 0);

    ByteBuffer file = ByteBuffer.allocate(1000 + 2 * picture.pixels().length);
    file.order(ByteOrder.LITTLE_ENDIAN).put(new byte[] {'I', 'I', 42, 0}).putInt(8);
    int bitsOfChannels = 8 + 2 + 12 * tags.size() + 4;
    int strip = bitsOfChannels + 2 * channels;
    file.putShort((short) tags.size());
    for (Map.Entry<Integer, Integer> tag : tags.entrySet()) {
      boolean isBits = tag.getKey() == BITS;
      boolean isStrip = tag.getKey() == STRIP_OFFSETS || tag.getKey() == STRIP_LENGTHS;
      file.putShort(tag.getKey().shortValue()).putShort((short) (isStrip ? LONG : SHORT));
      file.putInt(isBits ? channels : 1);
      boolean elsewhere = isBits && channels > 2;
      int value = tag.getKey() == STRIP_OFFSETS ? strip : tag.getValue();
      file.putInt(elsewhere ? bitsOfChannels : value);
    }

    file.putInt(0);
    for (int i = 0; i < channels; i++) {
      file.putShort((short) bits);
    }

    for (byte pixel : picture.pixels()) {
      file.put(pixel);
      if (bits == 16) {
        file.put(pixel);
      }
    }

    byte[] bytes = new byte[file.position()];
    file.get(0, bytes);
    return bytes;
  }

  /** Creates a directory that holds only the orientation, as in Exif. */
  static byte[] exif(int orientation) {
    ByteBuffer exif = ByteBuffer.allocate(26).order(ByteOrder.BIG_ENDIAN);
    exif.put(new byte[] {'M', 'M', 0, 42}).putInt(8).putShort((short) 1);
    exif.putShort((short) 274).putShort((short) SHORT).putInt(1).putShort((short) orientation);
    return exif.array();
  }

  /**
   * Creates a file whose strip offsets are used as lengths too. All of them are 0, except the last
   * one, which lies outside.
   */
  static byte[] ofManyStrips(int strips) {
    ByteBuffer file = ByteBuffer.allocate(100 + 4 * strips).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {'I', 'I', 42, 0}).putInt(8).putShort((short) 4);
    int[][] tags = {
      {256, 1, 40}, {257, 1, 40}, {STRIP_OFFSETS, strips, 100}, {STRIP_LENGTHS, strips, 100}
    };
    for (int[] tag : tags) {
      file.putShort((short) tag[0]).putShort((short) LONG).putInt(tag[1]).putInt(tag[2]);
    }

    file.putInt(file.capacity() - 4, file.capacity());
    return file.array();
  }
}
