package convoy.data.resample;

import convoy.data.image.Picture;

/**
 * A picture that comes row by row, from the upper one down, and is never whole unless somebody asks
 * for that.
 */
public interface Rows {
  int width();

  int height();

  /** 1 (gray) or 3 (RGB). */
  int channels();

  /** Gives every row to {@code action}. */
  void forEach(Row action);

  /** All of it. */
  default Picture picture() {
    byte[] pixels = new byte[Math.multiplyExact(width() * channels(), height())];
    forEach((y, row) -> Words.spread(row, channels(), pixels, y * width() * channels()));
    return new Picture(width(), height(), channels(), pixels);
  }

  /** The same rows with left and right exchanged. */
  default Rows mirrored() {
    return new Mirrored(this);
  }

  /** The rows of a whole picture. */
  static Rows of(Picture picture) {
    return of(picture, Region.of(picture));
  }

  /** The rows of a part of a picture. */
  static Rows of(Picture picture, Region part) {
    return new Cut(picture, part);
  }

  /** What is done with a row. */
  interface Row {
    /**
     * Row {@code y}.
     *
     * @param pixels the lowest byte is red or gray, then come green and blue; other bytes hold
     *     anything. Good until this returns, and may be written to
     */
    void accept(int y, int[] pixels);
  }
}
