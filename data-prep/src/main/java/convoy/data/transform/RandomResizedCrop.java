package convoy.data.transform;

import convoy.data.image.Picture;
import convoy.data.resample.Region;
import convoy.data.resample.Resampler;
import convoy.data.resample.Rows;
import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import convoy.options.Settings;

/**
 * Cuts out a random part of the picture and resizes it to a square of {@code size}. The part has
 * {@code minArea} to 1 of the picture's area and an aspect ratio from 3/4 to 4/3 (Szegedy et al.
 * 2015, section 6). The logarithm of the aspect ratio is uniform, so that wide and tall parts are
 * equally likely. If ten draws don't fit inside the picture, the part is the largest middle one
 * with an allowed aspect ratio.
 */
record RandomResizedCrop(int size, double minArea, boolean antialias) implements Resizing {
  private static final int TRIES = 10;
  private static final double WIDEST = 4.0 / 3;

  static final Key<Integer> SIZE =
      Key.required("size", Kinds.whole(1, LARGEST), "Side of the result in pixels.");
  static final Key<Double> MIN_AREA =
      Key.of("minArea", Kinds.real(0.0001, 1), 0.08, "The smallest part of the picture's area.");
  static final Keys KEYS = Keys.of(SIZE, MIN_AREA, ANTIALIAS);

  static Transform of(Settings settings) {
    return new RandomResizedCrop(
        settings.get(SIZE), settings.get(MIN_AREA), settings.get(ANTIALIAS));
  }

  @Override
  public Rows rows(Picture picture, Draws draws) {
    return Resampler.resize(picture, part(picture, draws), size, size, antialias);
  }

  private Region part(Picture picture, Draws draws) {
    double pixels = (double) picture.width() * picture.height();
    double widest = StrictMath.log(WIDEST);
    for (int i = 0; i < TRIES; i++) {
      double area = pixels * draws.between(minArea, 1);
      double aspect = StrictMath.exp(draws.between(-widest, widest));
      int width = (int) Math.round(Math.sqrt(area * aspect));
      int height = (int) Math.round(Math.sqrt(area / aspect));
      if (width >= 1 && width <= picture.width() && height >= 1 && height <= picture.height()) {
        int left = draws.below(picture.width() - width + 1);
        int top = draws.below(picture.height() - height + 1);
        return new Region(left, top, width, height);
      }
    }

    int width = (int) Math.min(picture.width(), Math.max(1, Math.round(picture.height() * WIDEST)));
    int height =
        (int) Math.min(picture.height(), Math.max(1, Math.round(picture.width() * WIDEST)));
    return new Region(
        (picture.width() - width) / 2, (picture.height() - height) / 2, width, height);
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
