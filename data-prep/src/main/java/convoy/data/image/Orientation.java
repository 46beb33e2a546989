package convoy.data.image;

/** Turns stored pixels upright by their Exif orientation (Exif 2.32, tag 274). */
final class Orientation {
  private Orientation() {}

  /** Returns the upright picture. Orientations 5 to 8 exchange width and height. */
  static Picture upright(Picture stored, int orientation) {
    if (orientation == 1) {
      return stored;
    }

    boolean transposed = orientation >= 5;
    int width = transposed ? stored.height() : stored.width();
    int height = transposed ? stored.width() : stored.height();
    // These say whether stored columns, or rows, run in the opposite direction to the upright ones.
    boolean columnsReversed =
        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    boolean rowsReversed =
        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;

    int channels = stored.channels();
    byte[] from = stored.pixels();
    byte[] to = new byte[from.length];
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int column = transposed ? y : x;
        int row = transposed ? x : y;
        column = columnsReversed ? stored.width() - 1 - column : column;
        row = rowsReversed ? stored.height() - 1 - row : row;
        int source = (row * stored.width() + column) * channels;
        for (int channel = 0; channel < channels; channel++) {
          to[at++] = from[source + channel];
        }
      }
    }

    return new Picture(width, height, channels, to);
  }
}
