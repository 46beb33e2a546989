package convoy.data.resample;

import convoy.data.image.Picture;

/** Converts colour to gray by ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B, rounded to the nearest. */
public final class Luma {
  private Luma() {}

  public static Picture of(Picture rgb) {
    byte[] gray = new byte[rgb.width() * rgb.height()];
    Rows.of(rgb)
        .forEach(
            (y, row) -> {
              of(row);
              Words.spread(row, 1, gray, y * rgb.width());
            });
    return new Picture(rgb.width(), rgb.height(), 1, gray);
  }

  /** Replaces each pixel of a row, whose lowest byte is red, by its gray level. */
  public static void of(int[] row) {
    for (int x = 0; x < row.length; x++) {
      int red = row[x] & 0xff;
      int green = (row[x] >>> 8) & 0xff;
      int blue = (row[x] >>> 16) & 0xff;
      row[x] = (299 * red + 587 * green + 114 * blue + 500) / 1000;
    }
  }
}
