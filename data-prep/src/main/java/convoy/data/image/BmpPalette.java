package convoy.data.image;

/** The pixels of a BMP with a palette: indexes of 1 to 8 bits, as they are or as runs. */
final class BmpPalette {
  private BmpPalette() {}

  /** A palette of grays makes a gray picture. */
  static Picture pixels(Bytes bytes, BmpHeader header) throws BadPictureException {
    byte[] palette = header.palette(bytes);
    boolean gray = true;
    for (int i = 0; i < palette.length; i += 3) {
      gray &= palette[i] == palette[i + 1] && palette[i] == palette[i + 2];
    }

    int width = (int) header.width();
    int height = (int) header.height();
    int channels = gray ? 1 : 3;
    byte[] pixels = new byte[width * height * channels];
    byte[] runs = header.runs() ? BmpRuns.indexes(bytes, header) : null;
    for (int y = 0, to = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int index = runs != null ? runs[y * width + x] & 0xff : index(bytes.array(), header, x, y);
        for (int channel = 0; channel < channels; channel++) {
          pixels[to++] = palette[3 * index + channel];
        }
      }
    }

    return new Picture(width, height, channels, pixels);
  }

  /** The leftmost pixel of a byte has its highest bits. */
  private static int index(byte[] file, BmpHeader header, int x, int y) {
    long bit = (long) x * header.bits();
    int shift = 8 - header.bits() - (int) (bit & 7);
    int eight = file[header.rowAt(y) + (int) (bit >> 3)] & 0xff;
    return (eight >> shift) & ((1 << header.bits()) - 1);
  }
}
