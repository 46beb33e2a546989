package convoy.data.resample;

import convoy.data.image.Picture;

/** Cutting and framing, which the transforms share. */
public final class Pictures {
  private Pictures() {}

  /** Cuts out {@code width} x {@code height} pixels whose upper left corner is (left, top). */
  public static Picture crop(Picture picture, int left, int top, int width, int height) {
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

  /** Cuts out a part as a separate picture. */
  public static Picture crop(Picture picture, Region part) {
    return crop(picture, part.left(), part.top(), part.width(), part.height());
  }

  /** Adds a black frame of {@code padding} pixels on each side. */
  public static Picture pad(Picture picture, int padding) {
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

  /** Returns the nearest of the 256 levels. */
  public static byte level(double value) {
    return (byte) Math.max(0, Math.min(255, Math.round(value)));
  }

  /** Returns a picture with three channels; gray is repeated. */
  public static Picture colour(Picture picture) {
    if (picture.channels() == 3) {
      return picture;
    }

    byte[] gray = picture.pixels();
    byte[] rgb = new byte[Math.multiplyExact(3, gray.length)];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = gray[i / 3];
    }

    return new Picture(picture.width(), picture.height(), 3, rgb);
  }

  /**
   * Enlarges a picture so that a square of {@code side} fits in. Larger pictures stay unchanged.
   */
  public static Picture atLeast(Picture picture, int side) {
    boolean fits = Math.min(picture.width(), picture.height()) >= side;
    return fits ? picture : Resampler.shortSide(picture, side);
  }
}
