package convoy.data.transform;

import convoy.data.image.Picture;
import convoy.data.resample.Pictures;

/** A black frame of {@code size} pixels on each side. */
record Pad(int size) implements Transform {
  static Transform of(Options options) {
    return new Pad(options.size("size"));
  }

  @Override
  public Picture apply(Picture picture, Draws draws) {
    return Pictures.pad(picture, size);
  }

  @Override
  public int side(int side) {
    return side == ANY ? ANY : side + 2 * size;
  }
}
