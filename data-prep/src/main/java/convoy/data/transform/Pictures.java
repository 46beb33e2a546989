package convoy.data.transform;

import convoy.data.image.Picture;

/** Cutting and framing, shared by the transforms. */
final class Pictures {
  private Pictures() {}

  /** The part of {@code width} x {@code height} pixels whose upper left corner is (left, top). */
  static Picture crop(Picture picture, int left, int top, int width, int height) {
    if (width == picture.width() && height == picture.height()) {
      return picture;
    }

    int channels = picture.channels();
    byte[] cut = new byte[width * height * channels];
    for (int y = 0; y < height; y++) {
      int from = ((top + y) * picture.width() + left) * channels;
      System.arraycopy(picture.pixels(), from, cut, y * width * channels, width * channels);
    }

    return new Picture(width, height, channels, cut);
  }

  /** A black frame of {@code padding} pixels on each side. */
  static Picture pad(Picture picture, int padding) {
    if (padding == 0) {
      return picture;
    }

    int channels = picture.channels();
    int width = picture.width() + 2 * padding;
    int height = picture.height() + 2 * padding;
    byte[] framed = new byte[width * height * channels];
    int row = picture.width() * channels;
    for (int y = 0; y < picture.height(); y++) {
      int to = ((padding + y) * width + padding) * channels;
      System.arraycopy(picture.pixels(), y * row, framed, to, row);
    }

    return new Picture(width, height, channels, framed);
  }

  /** Enlarged so that a square of {@code side} fits in; larger pictures stay as they are. */
  static Picture atLeast(Picture picture, int side) {
    boolean fits = Math.min(picture.width(), picture.height()) >= side;
    return fits ? picture : Resampler.shortSide(picture, side);
  }
}
