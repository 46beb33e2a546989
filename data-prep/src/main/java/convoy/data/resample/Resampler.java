package convoy.data.resample;

import convoy.data.image.Picture;

/**
 * Resizes by {@link Antialiased}, or by {@link Bilinear} where the caller prefers speed to quality.
 */
public final class Resampler {
  private Resampler() {}

  /** Resizes so that the short side has {@code side} pixels and the aspect ratio stays. */
  public static Picture shortSide(Picture picture, int side) {
    return shortSide(picture, side, true).picture();
  }

  /** Resizes to exactly this size. */
  public static Picture resize(Picture picture, int width, int height) {
    return resize(picture, Region.of(picture), width, height, true).picture();
  }

  /**
   * Resizes as {@link #shortSide(Picture, int)} does.
   *
   * @param antialias whether an output pixel is computed from all pixels that it covers; otherwise
   *     from four. The results are the same if nothing shrinks
   */
  public static Rows shortSide(Picture picture, int side, boolean antialias) {
    return resize(
        picture, Region.of(picture), width(picture, side), height(picture, side), antialias);
  }

  /** Returns the middle {@code crop} x {@code crop} pixels of the result of {@link #shortSide}. */
  public static Rows centreOfShortSide(
      Picture picture, int side, int crop, Centring centring, boolean antialias) {
    int width = width(picture, side);
    int height = height(picture, side);
    Region window =
        new Region(centring.first(width, crop), centring.first(height, crop), crop, crop);
    if (width == picture.width() && height == picture.height()) {
      return Rows.of(picture, window);
    }

    ResamplingWeights across = ResamplingWeights.of(0, picture.width(), width, antialias);
    ResamplingWeights down = ResamplingWeights.of(0, picture.height(), height, antialias);
    return resize(
        picture, across.part(window.left(), crop), down.part(window.top(), crop), antialias);
  }

  private static int width(Picture picture, int side) {
    int shorter = Math.min(picture.width(), picture.height());
    return Math.toIntExact((long) side * picture.width() / shorter);
  }

  private static int height(Picture picture, int side) {
    int shorter = Math.min(picture.width(), picture.height());
    return Math.toIntExact((long) side * picture.height() / shorter);
  }

  /** Resizes a region to exactly this size, as if it had been cut out before. */
  public static Rows resize(
      Picture picture, Region region, int width, int height, boolean antialias) {
    if (region.width() == width && region.height() == height) {
      return Rows.of(picture, region);
    }

    return resize(
        picture,
        ResamplingWeights.of(region.left(), region.width(), width, antialias),
        ResamplingWeights.of(region.top(), region.height(), height, antialias),
        antialias);
  }

  private static Rows resize(
      Picture picture, ResamplingWeights across, ResamplingWeights down, boolean antialias) {
    return antialias || !(across.shrinks() || down.shrinks())
        ? new Antialiased(picture, across, down)
        : new Bilinear(picture, across, down);
  }
}
