package convoy.data.generate;

import convoy.data.image.Picture;
import convoy.data.transform.Draws;
import java.util.Arrays;

/** A square of colours from (0, 0) to (1, 1) on which figures with smooth edges are drawn. */
final class Canvas {
  /**
   * The number of sample points of a pixel in each direction. They decide how much of the pixel a
   * figure covers.
   */
  private static final int SAMPLES = 3;

  private final int size;
  private final Colour[] pixels;

  Canvas(int size) {
    this.size = size;
    this.pixels = new Colour[size * size];
    Arrays.fill(pixels, Colour.BLACK);
  }

  /** A colour for each place. */
  interface Paint {
    Colour at(double x, double y);
  }

  void fill(Paint paint) {
    lay((x, y) -> true, paint, 1);
  }

  /** Draws a figure, given in the canvas's coordinates, over the existing content. */
  void lay(Figure figure, Paint paint, double opacity) {
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        double part = covered(figure, column, row) * opacity;
        if (part > 0) {
          Colour colour = paint.at((column + 0.5) / size, (row + 0.5) / size);
          int at = row * size + column;
          pixels[at] = pixels[at].mixed(colour, part);
        }
      }
    }
  }

  /** Returns the part of a pixel that lies in the figure, from 0 to 1. */
  private double covered(Figure figure, int column, int row) {
    int hits = 0;
    for (int i = 0; i < SAMPLES; i++) {
      for (int j = 0; j < SAMPLES; j++) {
        double x = (column + (j + 0.5) / SAMPLES) / size;
        double y = (row + (i + 0.5) / SAMPLES) / size;
        hits += figure.covers(x, y) ? 1 : 0;
      }
    }

    return (double) hits / (SAMPLES * SAMPLES);
  }

  /**
   * Returns the finished picture after adding noise of the given deviation (0 to 1) to each value.
   */
  Picture picture(Draws draws, double deviation) {
    byte[] rgb = new byte[size * size * 3];
    for (int i = 0; i < pixels.length; i++) {
      rgb[3 * i] = level(pixels[i].red() + deviation * noise(draws));
      rgb[3 * i + 1] = level(pixels[i].green() + deviation * noise(draws));
      rgb[3 * i + 2] = level(pixels[i].blue() + deviation * noise(draws));
    }

    return new Picture(size, size, 3, rgb);
  }

  /**
   * Draws a nearly normal number of deviation 1: the sum of three uniform numbers has variance 1/4.
   */
  private static double noise(Draws draws) {
    return 2 * (draws.unit() + draws.unit() + draws.unit() - 1.5);
  }

  private static byte level(double value) {
    return (byte) Math.round(255 * Numbers.clamp(value, 0, 1));
  }
}
