package convoy.data.resample;

import convoy.data.image.Picture;

/**
 * A picture that comes row by row, from top to bottom. It is held as a whole only if a caller asks
 * for it.
 */
public interface Rows {
  int width();

  int height();

  /** Returns 1 (gray) or 3 (RGB). */
  int channels();

  /** Passes every row to {@code action}. */
  void forEach(Row action);

  /** Returns the whole picture. */
  default Picture picture() {
    byte[] pixels = new byte[Math.multiplyExact(width() * channels(), height())];
    forEach((y, row) -> Words.spread(row, channels(), pixels, y * width() * channels()));
    return new Picture(width(), height(), channels(), pixels);
  }

  /** Returns the same rows with left and right exchanged. */
  default Rows mirrored() {
    return new Mirrored(this);
  }

  /** Returns the rows of a whole picture. */
  static Rows of(Picture picture) {
    return of(picture, Region.of(picture));
  }

  /** Returns the rows of a part of a picture. */
  static Rows of(Picture picture, Region part) {
    return new Cut(picture, part);
  }

  /** Processes a row. */
  interface Row {
    /**
     * Processes row {@code y}.
     *
     * @param pixels the lowest byte is red or gray, followed by green and blue; other bytes may
     *     hold anything. The array is valid until this method returns, and may be changed
     */
    void accept(int y, int[] pixels);
  }
}
