package convoy.data.transform;

import convoy.data.image.Picture;

/** Resized so that the short side has {@code size} pixels; the aspect ratio stays. */
record Resize(int size) implements Transform {
  static Transform of(Options options) {
    return new Resize(options.size("size"));
  }

  @Override
  public Picture apply(Picture picture, Draws draws) {
    return Resampler.shortSide(picture, size);
  }

  @Override
  public int side(int side) {
    return side == ANY ? ANY : size;
  }
}
