package convoy.data.transform;

import convoy.data.image.Picture;

/** Colour to gray by ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B, rounded to the nearest. */
final class Luma {
  private Luma() {}

  static Picture of(Picture rgb) {
    byte[] from = rgb.pixels();
    byte[] gray = new byte[rgb.width() * rgb.height()];
    for (int i = 0, at = 0; i < gray.length; i++, at += 3) {
      int red = from[at] & 0xff;
      int green = from[at + 1] & 0xff;
      int blue = from[at + 2] & 0xff;
      gray[i] = (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
    }

    return new Picture(rgb.width(), rgb.height(), 1, gray);
  }
}
