package convoy.data.transform;

import convoy.data.image.Picture;
import convoy.data.resample.Pictures;
import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import convoy.options.Settings;

/**
 * Adds a black frame of {@code padding} pixels and cuts out a square at a random place; all places
 * are equally likely. A picture smaller than the crop is first enlarged until its short side equals
 * the crop's side.
 */
record RandomCrop(int size, int padding) implements Transform {
  static final Key<Integer> SIZE =
      Key.required("size", Kinds.whole(1, LARGEST), "Side of the square in pixels.");
  static final Key<Integer> PADDING =
      Key.of(
          "padding",
          Kinds.whole(0, LARGEST),
          0,
          "Black pixels added on each side before the crop.");
  static final Keys KEYS = Keys.of(SIZE, PADDING);

  static Transform of(Settings settings) {
    return new RandomCrop(settings.get(SIZE), settings.get(PADDING));
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
