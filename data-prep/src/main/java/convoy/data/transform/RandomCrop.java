package convoy.data.transform;

import convoy.data.image.Picture;
import convoy.data.resample.Pictures;

/**
 * A square cut at a random place, each equally likely, after a black frame of {@code padding}
 * pixels. A picture smaller than the crop is first enlarged until its short side is the crop's.
 */
record RandomCrop(int size, int padding) implements Transform {
  static Transform of(Options options) {
    return new RandomCrop(options.size("size"), options.atLeast("padding", 0, 0));
  }

  @Override
  public Picture apply(Picture picture, Draws draws) {
    Picture large = Pictures.atLeast(Pictures.pad(picture, padding), size);
    int left = draws.below(large.width() - size + 1);
    int top = draws.below(large.height() - size + 1);
    return Pictures.crop(large, left, top, size, size);
  }

  @Override
  public boolean random() {
    return true;
  }

  @Override
  public int side(int side) {
    return size;
  }
}
