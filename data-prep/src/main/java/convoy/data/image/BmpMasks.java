package convoy.data.image;

/** The pixels of a BMP with 16, 24 or 32 bits, whose channels are bits under masks. */
final class BmpMasks {
  private static final int ALPHA = 3;

  private BmpMasks() {}

  static Picture pixels(Bytes bytes, BmpHeader header) throws BadPictureException {
    Channel[] channels = channels(bytes, header);
    int width = (int) header.width();
    int height = (int) header.height();
    int pixelBytes = header.bits() / 8;
    boolean transparent = hasAlpha(bytes.array(), header, channels[ALPHA]);
    byte[] rgb = new byte[width * height * 3];
    int to = 0;
    for (int y = 0; y < height; y++) {
      int from = header.rowAt(y);
      for (int x = 0; x < width; x++, from += pixelBytes) {
        int pixel = pixel(bytes.array(), from, pixelBytes);
        int alpha = transparent ? channels[ALPHA].level(pixel) : 255;
        for (int channel = 0; channel < 3; channel++) {
          rgb[to++] = (byte) Alpha.onWhite(channels[channel].level(pixel), alpha);
        }
      }
    }

    return new Picture(width, height, 3, rgb);
  }

  private static Channel[] channels(Bytes bytes, BmpHeader header) throws BadPictureException {
    long[] masks = header.masks(bytes);
    Channel[] channels = new Channel[masks.length];
    long taken = 0;
    for (int i = 0; i < masks.length; i++) {
      channels[i] = Channel.of((int) masks[i]);
      if ((taken & masks[i]) != 0
          || !channels[i].isConnected()
          || (masks[i] >>> header.bits()) > 0) {
        throw bytes.broken(String.format("has a mask of %08x that can't be", masks[i]));
      }

      taken |= masks[i];
    }

    return channels;
  }

  /**
   * Returns whether alpha counts. Many programs write an alpha of 0 everywhere and mean nothing by
   * it, and the alpha of 16 bits is ignored everywhere.
   */
  private static boolean hasAlpha(byte[] file, BmpHeader header, Channel alpha) {
    if (alpha.mask() == 0 || header.bits() != 32) {
      return false;
    }

    for (int y = 0; y < header.height(); y++) {
      int row = header.rowAt(y);
      for (int x = 0; x < header.width(); x++) {
        if ((pixel(file, row + 4 * x, 4) & alpha.mask()) != 0) {
          return true;
        }
      }
    }

    return false;
  }

  /** Reads a little-endian number. */
  private static int pixel(byte[] file, int at, int length) {
    int pixel = 0;
    for (int i = length - 1; i >= 0; i--) {
      pixel = (pixel << 8) | (file[at + i] & 0xff);
    }

    return pixel;
  }

  /**
   * The bits of a channel.
   *
   * @param shift number of bits below it
   * @param most its highest value, 0 without a mask
   */
  private record Channel(int mask, int shift, long most) {
    static Channel of(int mask) {
      int shift = mask == 0 ? 0 : Integer.numberOfTrailingZeros(mask);
      return new Channel(mask, shift, (mask & 0xffffffffL) >>> shift);
    }

    boolean isConnected() {
      return (most & (most + 1)) == 0;
    }

    /** Scales the channel's bits to 0 to 255. */
    int level(int pixel) {
      if (most == 255) {
        return (pixel & mask) >>> shift;
      }

      long value = ((pixel & mask) & 0xffffffffL) >>> shift;
      return most == 0 ? 0 : (int) ((value * 255 + most / 2) / most);
    }
  }
}
