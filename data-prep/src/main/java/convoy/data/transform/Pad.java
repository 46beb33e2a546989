package convoy.data.transform;

import convoy.data.image.Picture;
import convoy.data.resample.Pictures;
import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import convoy.options.Settings;

/** Adds a black frame of {@code size} pixels on each side. */
record Pad(int size) implements Transform {
  static final Key<Integer> SIZE =
      Key.required("size", Kinds.whole(1, LARGEST), "Black pixels at each side.");
  static final Keys KEYS = Keys.of(SIZE);

  static Transform of(Settings settings) {
    return new Pad(settings.get(SIZE));
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
