package convoy.data.transform;

import convoy.data.image.Picture;
import convoy.data.resample.Resampler;
import convoy.data.resample.Rows;

/**
 * Resized so that the short side has S pixels, each S of {@code min} to {@code max} equally likely;
 * the aspect ratio stays (Simonyan and Zisserman 2015, section 3.1: 256 to 512).
 */
record ScaleJitter(int min, int max, boolean antialias) implements Resizing {
  static Transform of(Options options) {
    int min = options.atLeast("min", 1, 256);
    return new ScaleJitter(
        min, options.atLeast("max", min, Math.max(min, 512)), options.antialias());
  }

  @Override
  public Rows rows(Picture picture, Draws draws) {
    return Resampler.shortSide(picture, min + draws.below(max - min + 1), antialias);
  }

  @Override
  public boolean random() {
    return true;
  }

  @Override
  public int side(int side) {
    return ANY;
  }
}
