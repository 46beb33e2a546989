package convoy.data.transform;

import convoy.data.image.Picture;
import convoy.data.resample.Pictures;
import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import convoy.options.Settings;

/**
 * Shifts all pixels of a picture by the same amount along the principal components of the dataset's
 * colours. For each component the shift is a draw from the normal distribution of deviation {@code
 * std}, times its variance (Krizhevsky et al. 2012, section 4.1). Variances are those of colours in
 * 0..1, as in the paper's reproductions: in 0..255 the paper's 0.1 would shift by hundreds of gray
 * levels. Gray pictures become colour.
 */
record Lighting(double std, ColourComponents components) implements Transform {
  static final Key<Double> STD =
      Key.of("std", Kinds.real(0, 10), 0.1, "Deviation of the draws along each component.");
  static final Keys KEYS = Keys.of(STD);

  static Transform of(Settings settings, ColourComponents components) {
    return new Lighting(settings.get(STD), components);
  }

  @Override
  public Picture apply(Picture picture, Draws draws) {
    double[] shift = new double[3];
    for (int component = 0; component < 3; component++) {
      // The variance of colours in 0..1 is the variance / 255^2; the factor 255 goes back to
      // 0..255.
      double size = std * draws.gaussian() * components.values().get(component) / 255;
      for (int channel = 0; channel < 3; channel++) {
        shift[channel] += size * components.vectors().get(component).get(channel);
      }
    }

    Picture colour = Pictures.colour(picture);
    byte[] shifted = new byte[colour.pixels().length];
    for (int channel = 0; channel < 3; channel++) {
      byte[] table = table(shift[channel]);
      for (int i = channel; i < shifted.length; i += 3) {
        shifted[i] = table[colour.pixels()[i] & 0xff];
      }
    }

    return new Picture(colour.width(), colour.height(), 3, shifted);
  }

  private static byte[] table(double shift) {
    byte[] table = new byte[256];
    for (int pixel = 0; pixel < 256; pixel++) {
      table[pixel] = Pictures.level(pixel + shift);
    }

    return table;
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
