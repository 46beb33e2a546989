package convoy.data.generate;

import convoy.data.image.Picture;
import convoy.data.transform.Draws;
import java.util.Arrays;

/** A square of colours from (0, 0) to (1, 1) on which figures are laid, edges smoothed. */
final class Canvas {
  /** Points a pixel in each direction that decide how much of it a figure covers. */
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

  /** Paints every pixel. */
  void fill(Paint paint) {
    lay((x, y) -> true, paint, 1);
  }

  /** Lays a figure, given in the canvas' places, on what is there. */
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

  /** How much of a pixel lies in the figure, 0 to 1. */
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

  /** The finished picture, each value moved by noise of the given deviation (0 to 1). */
  Picture picture(Draws draws, double deviation) {
    byte[] rgb = new byte[size * size * 3];
    for (int i = 0; i < pixels.length; i++) {
      rgb[3 * i] = level(pixels[i].red() + deviation * noise(draws));
      rgb[3 * i + 1] = level(pixels[i].green() + deviation * noise(draws));
      rgb[3 * i + 2] = level(pixels[i].blue() + deviation * noise(draws));
    }

    return new Picture(size, size, 3, rgb);
  }

  /** Close to normal with deviation 1: three uniform numbers, whose sum varies by a quarter. */
  private static double noise(Draws draws) {
    return 2 * (draws.unit() + draws.unit() + draws.unit() - 1.5);
  }

  private static byte level(double value) {
    return (byte) Math.round(255 * Numbers.clamp(value, 0, 1));
  }
}
