package convoy.data.transform;

import convoy.data.image.Picture;
import convoy.data.resample.Warp;
import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import convoy.options.Settings;

/**
 * Turns, shears, scales and moves a picture about its middle. Each amount is random and uniform up
 * to its limit. It is meant for digits (Simard et al. 2003, section 2). Pixels from outside the
 * picture are black.
 *
 * @param rotation degrees to either side
 * @param shear sideways pixels for each row, to either side
 * @param scale larger or smaller by this share
 * @param translation share of width and height, to either side
 */
record Affine(double rotation, double shear, double scale, double translation)
    implements Transform {
  static final Key<Double> ROTATION =
      Key.of("rotation", Kinds.real(0, 180), 10.0, "The largest turn in degrees.");
  static final Key<Double> SHEAR =
      Key.of("shear", Kinds.real(0, 1), 0.1, "The largest slant, in columns for each row.");
  static final Key<Double> SCALE =
      Key.of("scale", Kinds.real(0, 0.9), 0.1, "How far the size may be from 1.");
  static final Key<Double> TRANSLATION =
      Key.of("translation", Kinds.real(0, 1), 0.1, "The longest move, as a part of each side.");
  static final Keys KEYS = Keys.of(ROTATION, SHEAR, SCALE, TRANSLATION);

  static Transform of(Settings settings) {
    return new Affine(
        settings.get(ROTATION),
        settings.get(SHEAR),
        settings.get(SCALE),
        settings.get(TRANSLATION));
  }

  @Override
  public Picture apply(Picture picture, Draws draws) {
    double angle = Math.toRadians(draws.between(-rotation, rotation));
    double slant = draws.between(-shear, shear);
    double size = draws.between(1 - scale, 1 + scale);
    double right = draws.between(-translation, translation) * picture.width();
    double down = draws.between(-translation, translation) * picture.height();
    double cosine = StrictMath.cos(angle) / size;
    double sine = StrictMath.sin(angle) / size;
    double middleX = (picture.width() - 1) / 2.0;
    double middleY = (picture.height() - 1) / 2.0;
    // The places map the result back to the picture.
    return Warp.apply(
        picture,
        (x, y, place) -> {
          double fromX = x - middleX - right;
          double fromY = y - middleY - down;
          double row = cosine * fromY - sine * fromX;
          place[0] = cosine * fromX + sine * fromY + slant * row + middleX;
          place[1] = row + middleY;
        });
  }

  @Override
  public boolean random() {
    return true;
  }

  @Override
  public int side(int side) {
    return side;
  }
}
