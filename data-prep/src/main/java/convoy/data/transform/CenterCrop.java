package convoy.data.transform;

import convoy.data.image.Picture;
import convoy.data.resample.Pictures;
import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import convoy.options.Settings;

/**
 * Cuts out the middle square. A picture smaller than the crop is first enlarged until its short
 * side equals the crop's side. If an odd number of pixels is cut off, the smaller part is cut at
 * the left and at the top.
 */
record CenterCrop(int size) implements Transform {
  static final Key<Integer> SIZE =
      Key.required("size", Kinds.whole(1, LARGEST), "Side of the square in pixels.");
  static final Keys KEYS = Keys.of(SIZE);

  static Transform of(Settings settings) {
    return new CenterCrop(settings.get(SIZE));
  }

  @Override
  public Picture apply(Picture picture, Draws draws) {
    Picture large = Pictures.atLeast(picture, size);
    int left = (large.width() - size) / 2;
    int top = (large.height() - size) / 2;
    return Pictures.crop(large, left, top, size, size);
  }

  @Override
  public int side(int side) {
    return size;
  }
}
