package convoy.data.generate;

import convoy.data.transform.Draws;

/** Red, green and blue, each from 0 to 1. */
record Colour(double red, double green, double blue) {
  static final Colour BLACK = new Colour(0, 0, 0);

  /** Draws any colour, so that no colour identifies a class. */
  static Colour any(Draws draws) {
    return new Colour(draws.unit(), draws.unit(), draws.unit());
  }

  /** Draws a colour whose luma differs from this one's by at least {@code contrast}. */
  Colour against(Draws draws, double contrast) {
    Colour colour = any(draws);
    while (Math.abs(colour.luma() - luma()) < contrast) {
      colour = any(draws);
    }

    return colour;
  }

  /** Mixes {@code part} of the other colour with the rest of this one. */
  Colour mixed(Colour other, double part) {
    return new Colour(
        red + (other.red - red) * part,
        green + (other.green - green) * part,
        blue + (other.blue - blue) * part);
  }

  private double luma() {
    return 0.299 * red + 0.587 * green + 0.114 * blue;
  }
}
