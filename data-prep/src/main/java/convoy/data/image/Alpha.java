package convoy.data.image;

/**
 * Transparency is laid on white: that is the paper or page on which drawings and product pictures
 * with transparent ground are made to be seen.
 */
final class Alpha {
  private Alpha() {}

  /** From BGRA, straight alpha, to RGB; rounded to the nearest. */
  static Picture onWhite(int width, int height, byte[] bgra) {
    byte[] rgb = new byte[width * height * 3];
    for (int from = 0, to = 0; from < bgra.length; from += 4, to += 3) {
      int alpha = bgra[from + 3] & 0xff;
      for (int channel = 0; channel < 3; channel++) {
        int colour = bgra[from + 2 - channel] & 0xff;
        rgb[to + channel] = (byte) ((colour * alpha + 255 * (255 - alpha) + 127) / 255);
      }
    }

    return new Picture(width, height, 3, rgb);
  }
}
