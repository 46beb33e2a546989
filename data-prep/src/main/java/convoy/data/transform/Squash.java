package convoy.data.transform;

import convoy.data.image.Picture;
import convoy.data.resample.Region;
import convoy.data.resample.Resampler;
import convoy.data.resample.Rows;

/** Resizes to exactly {@code width} x {@code height} pixels, whatever the aspect ratio was. */
record Squash(int width, int height, boolean antialias) implements Resizing {
  @Override
  public Rows rows(Picture picture, Draws draws) {
    return Resampler.resize(picture, Region.of(picture), width, height, antialias);
  }

  @Override
  public int side(int side) {
    return width == height ? width : ANY;
  }
}
