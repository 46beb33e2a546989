package convoy.data.transform;

import convoy.data.image.Picture;
import convoy.data.resample.Warp;
import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import convoy.options.Settings;

/**
 * Elastic distortion, for digits (Simard et al. 2003, section 2). Each pixel is moved in x and y by
 * a uniform draw from -1 to 1, smoothed by a Gaussian of deviation {@code sigma} pixels and
 * multiplied by {@code alpha} pixels. The paper's best values are sigma 4 and alpha 34. Pixels from
 * outside the picture are black.
 */
record Elastic(double alpha, double sigma) implements Transform {
  static final Key<Double> ALPHA =
      Key.of("alpha", Kinds.real(0, 1000), 34.0, "How far pixels are moved.");
  static final Key<Double> SIGMA =
      Key.of("sigma", Kinds.real(0.1, 100), 4.0, "How smooth the movement is, in pixels.");
  static final Keys KEYS = Keys.of(ALPHA, SIGMA);

  static Transform of(Settings settings) {
    return new Elastic(settings.get(ALPHA), settings.get(SIGMA));
  }

  @Override
  public Picture apply(Picture picture, Draws draws) {
    int width = picture.width();
    double[] across = field(width, picture.height(), draws);
    double[] down = field(width, picture.height(), draws);
    return Warp.apply(
        picture,
        (x, y, place) -> {
          place[0] = x + alpha * across[y * width + x];
          place[1] = y + alpha * down[y * width + x];
        });
  }

  private double[] field(int width, int height, Draws draws) {
    double[] field = new double[width * height];
    for (int i = 0; i < field.length; i++) {
      field[i] = draws.between(-1, 1);
    }

    double[] kernel = kernel();
    double[] rows = smooth(field, kernel, width, 1, height, width);
    return smooth(rows, kernel, height, width, width, 1);
  }

  /**
   * Smooths along lines of {@code length} with steps of {@code step}. Outside there is no movement.
   */
  private static double[] smooth(
      double[] field, double[] kernel, int length, int step, int lines, int nextLine) {
    double[] smooth = new double[field.length];
    int reach = kernel.length / 2;
    for (int line = 0; line < lines; line++) {
      for (int point = 0; point < length; point++) {
        double sum = 0;
        int from = Math.max(0, point - reach);
        int to = Math.min(length - 1, point + reach);
        for (int near = from; near <= to; near++) {
          sum += field[line * nextLine + near * step] * kernel[near - point + reach];
        }

        smooth[line * nextLine + point * step] = sum;
      }
    }

    return smooth;
  }

  private double[] kernel() {
    int reach = (int) Math.ceil(3 * sigma);
    double[] kernel = new double[2 * reach + 1];
    double total = 0;
    for (int i = 0; i < kernel.length; i++) {
      double distance = (i - reach) / sigma;
      kernel[i] = StrictMath.exp(-distance * distance / 2);
      total += kernel[i];
    }

    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= total;
    }

    return kernel;
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
