package convoy.data.transform;

import convoy.data.image.Picture;
import convoy.data.resample.Warp;

/**
 * Turned, sheared, scaled and moved about its middle, each at random and uniformly up to its
 * largest amount, for digits (Simard et al. 2003, section 2). What comes from outside is black.
 *
 * @param rotation degrees to either side
 * @param shear sideways pixels a row, to either side
 * @param scale larger or smaller by this share
 * @param translation share of width and height, to either side
 */
record Affine(double rotation, double shear, double scale, double translation)
    implements Transform {
  static Transform of(Options options) {
    return new Affine(
        options.real("rotation", false, 0, 180, 10),
        options.real("shear", false, 0, 1, 0.1),
        options.real("scale", false, 0, 0.9, 0.1),
        options.real("translation", false, 0, 1, 0.1));
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
    // From the result back to the picture.
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
