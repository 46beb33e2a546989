package convoy.data.resample;

import convoy.data.image.Picture;

/** The vertical pass of {@link Bilinear}, which blends two rows into one. */
final class BlendDown {
  private final Picture picture;
  private final int start;
  private final int[] first;
  private final int[] second;
  private final int[] blended;
  private final byte[] row;

  /** Creates a pass that reads the bytes of a row from {@code start} to before {@code end}. */
  BlendDown(Picture picture, int start, int end) {
    this.picture = picture;
    this.start = start;
    this.first = new int[(end - start + Integer.BYTES - 1) / Integer.BYTES];
    this.second = new int[first.length];
    this.blended = new int[first.length];
    this.row = new byte[Integer.BYTES * (first.length + 1)]; // Pixels are read as words.
  }

  /**
   * Blends two rows; {@code weight} is that of the lower one. The result is valid until the next
   * call.
   */
  byte[] row(int upper, int lower, int weight) {
    read(upper, first);
    read(lower, second);
    Blend.all(first, second, weight, blended);
    Words.write(blended, row);
    return row;
  }

  private void read(int y, int[] to) {
    Words.read(picture.pixels(), y * picture.width() * picture.channels() + start, to);
  }
}
