package convoy.data.image;

import convoy.data.image.PictureFormat.AlphaKind;

/**
 * Transparency is laid on white: that is the paper or page on which drawings and product pictures
 * with transparent ground are made to be seen.
 */
final class Alpha {
  private Alpha() {}

  /** From BGRA to RGB; rounded to the nearest. */
  static Picture onWhite(int width, int height, byte[] bgra, AlphaKind kind) {
    byte[] rgb = new byte[width * height * 3];
    for (int from = 0, to = 0; from < bgra.length; from += 4, to += 3) {
      int alpha = bgra[from + 3] & 0xff;
      for (int channel = 0; channel < 3; channel++) {
        int colour = bgra[from + 2 - channel] & 0xff;
        int seen = kind == AlphaKind.MULTIPLIED ? colour : (colour * alpha + 127) / 255;
        rgb[to + channel] = (byte) Math.min(255, seen + 255 - alpha);
      }
    }

    return new Picture(width, height, 3, rgb);
  }
}
