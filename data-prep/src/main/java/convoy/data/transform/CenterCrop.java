package convoy.data.transform;

import convoy.data.image.Picture;
import convoy.data.resample.Centring;
import convoy.data.resample.Pictures;
import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import convoy.options.Settings;
import java.util.List;

/**
 * Cuts out the middle square. A picture smaller than the crop is first enlarged until its short
 * side equals the crop's side.
 *
 * @param rounding where the square is placed if an odd number of pixels is cut off
 */
record CenterCrop(int size, Centring rounding) implements Transform {
  static final Key<Integer> SIZE =
      Key.required("size", Kinds.whole(1, LARGEST), "Side of the square in pixels.");

  /** Models and recipes that don't name it were written before it existed, and mean down. */
  static final Key<String> ROUNDING =
      Key.of(
          "rounding",
          Kinds.word(List.of("down", "half-even")),
          "down",
          "Where half of an odd rest is no whole number: down, or half-even as in torchvision.");

  static final Keys KEYS = Keys.of(SIZE, ROUNDING);

  static Transform of(Settings settings) {
    boolean down = settings.get(ROUNDING).equals("down");
    return new CenterCrop(settings.get(SIZE), down ? Centring.DOWN : Centring.HALF_EVEN);
  }

  @Override
  public Picture apply(Picture picture, Draws draws) {
    Picture large = Pictures.atLeast(picture, size);
    int left = rounding.first(large.width(), size);
    int top = rounding.first(large.height(), size);
    return Pictures.crop(large, left, top, size, size);
  }

  @Override
  public int side(int side) {
    return size;
  }
}
