package convoy.data.image;

import convoy.data.image.PictureFormat.AlphaKind;

/**
 * Draws transparent pictures on white. Drawings and product pictures with a transparent ground are
 * made for white paper or a white page.
 */
final class Alpha {
  private Alpha() {}

  /** Converts BGRA to RGB and rounds to the nearest level. */
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
