package convoy.data.image;

/** Writes numbers of any size one after the other, the highest bit first; rows end with a byte. */
final class BitRows {
  private BitRows() {}

  /** A row has all samples of a pixel, then those of the next. */
  static byte[][] of(int width, int height, int channels, int bits, Variant.Sample sample) {
    byte[][] rows = new byte[height][(width * channels * bits + 7) / 8];
    for (int y = 0; y < height; y++) {
      int at = 0;
      for (int x = 0; x < width; x++) {
        for (int channel = 0; channel < channels; channel++) {
          int value = sample.at(x, y, channel);
          for (int bit = bits - 1; bit >= 0; bit--, at++) {
            rows[y][at / 8] |= (byte) (((value >> bit) & 1) << (7 - at % 8));
          }
        }
      }
    }

    return rows;
  }
}
