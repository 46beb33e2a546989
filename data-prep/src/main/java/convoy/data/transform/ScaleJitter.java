package convoy.data.transform;

import convoy.data.image.Picture;
import convoy.data.resample.Resampler;
import convoy.data.resample.Rows;
import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import convoy.options.Settings;

/**
 * Resizes so that the short side has S pixels, where each S from {@code min} to {@code max} is
 * equally likely. The aspect ratio stays (Simonyan and Zisserman 2015, section 3.1: 256 to 512).
 */
record ScaleJitter(int min, int max, boolean antialias) implements Resizing {
  static final Key<Integer> MIN =
      Key.of("min", Kinds.whole(1, LARGEST), 256, "The least short side in pixels.");
  static final Key<Integer> MAX =
      Key.derived(
          "max", Kinds.whole(1, LARGEST), "512, or min", "The greatest short side in pixels.");
  static final Keys KEYS = Keys.of(MIN, MAX, ANTIALIAS);

  static Transform of(Settings settings) {
    int min = settings.get(MIN);
    Integer max = settings.get(MAX);
    if (max != null && max < min) {
      throw new IllegalArgumentException(
          "max: '%d' is not a whole number from %d to %d".formatted(max, min, LARGEST));
    }

    return new ScaleJitter(min, max == null ? Math.max(min, 512) : max, settings.get(ANTIALIAS));
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
