package convoy.data.generate;

import convoy.data.transform.Draws;

/** Red, green and blue, 0 to 1. */
record Colour(double red, double green, double blue) {
  static final Colour BLACK = new Colour(0, 0, 0);

  /** Any colour, so that none tells a class. */
  static Colour any(Draws draws) {
    return new Colour(draws.unit(), draws.unit(), draws.unit());
  }

  /** A colour that is lighter or darker than this one by {@code contrast} of its luma at least. */
  Colour against(Draws draws, double contrast) {
    Colour colour = any(draws);
    while (Math.abs(colour.luma() - luma()) < contrast) {
      colour = any(draws);
    }

    return colour;
  }

  /** {@code part} of the other and the rest of this. */
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
