package convoy.data.transform;

import convoy.data.image.Picture;
import convoy.data.resample.Luma;
import convoy.data.resample.Pictures;
import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import convoy.options.Settings;

/**
 * Changes brightness, contrast and saturation in random order, each by a factor from 1 - strength
 * to 1 + strength (Howard 2013, section 2.2, which GoogLeNet's paper cites; 0.5 there). Pixels are
 * blended with black, with the picture's mean luma, and with their own luma.
 */
record Photometric(double strength) implements Transform {
  private static final int STEPS = 3;

  static final Key<Double> STRENGTH =
      Key.of("strength", Kinds.real(0, 1), 0.5, "How far each factor may be from 1.");
  static final Keys KEYS = Keys.of(STRENGTH);

  static Transform of(Settings settings) {
    return new Photometric(settings.get(STRENGTH));
  }

  @Override
  public Picture apply(Picture picture, Draws draws) {
    int[] order = {0, 1, 2};
    for (int i = STEPS - 1; i > 0; i--) {
      int other = draws.below(i + 1);
      int step = order[i];
      order[i] = order[other];
      order[other] = step;
    }

    Picture distorted = picture;
    for (int step : order) {
      double factor = draws.between(1 - strength, 1 + strength);
      distorted =
          switch (step) {
            case 0 -> blend(distorted, 0, factor);
            case 1 -> blend(distorted, meanLuma(distorted), factor);
            default -> saturate(distorted, factor);
          };
    }

    return distorted;
  }

  private static Picture blend(Picture picture, double other, double factor) {
    byte[] table = new byte[256];
    for (int pixel = 0; pixel < 256; pixel++) {
      table[pixel] = Pictures.level(other + (pixel - other) * factor);
    }

    byte[] blended = new byte[picture.pixels().length];
    for (int i = 0; i < blended.length; i++) {
      blended[i] = table[picture.pixels()[i] & 0xff];
    }

    return new Picture(picture.width(), picture.height(), picture.channels(), blended);
  }

  private static double meanLuma(Picture picture) {
    byte[] luma = luma(picture).pixels();
    long sum = 0;
    for (byte pixel : luma) {
      sum += pixel & 0xff;
    }

    return (double) sum / luma.length;
  }

  private static Picture luma(Picture picture) {
    return picture.channels() == 1 ? picture : Luma.of(picture);
  }

  private static Picture saturate(Picture picture, double factor) {
    if (picture.channels() == 1) {
      return picture;
    }

    byte[] luma = Luma.of(picture).pixels();
    byte[] saturated = new byte[picture.pixels().length];
    for (int i = 0; i < saturated.length; i++) {
      int gray = luma[i / 3] & 0xff;
      saturated[i] = Pictures.level(gray + ((picture.pixels()[i] & 0xff) - gray) * factor);
    }

    return new Picture(picture.width(), picture.height(), 3, saturated);
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
