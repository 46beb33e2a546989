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
        rgb[to + channel] =
            (byte)
                (kind == AlphaKind.MULTIPLIED
                    ? multipliedOnWhite(colour, alpha)
                    : onWhite(colour, alpha));
      }
    }

    return new Picture(width, height, 3, rgb);
  }

  /** Returns a level as it looks on white; {@code alpha} is 255 where it hides the white. */
  static int onWhite(int level, int alpha) {
    return (level * alpha + 127) / 255 + 255 - alpha;
  }

  /** Returns a level that is already multiplied by {@code alpha} as it looks on white. */
  static int multipliedOnWhite(int level, int alpha) {
    return Math.min(255, level + 255 - alpha);
  }
}
