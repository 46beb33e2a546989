package convoy.data.generate;

/** A figure is the set of points that it covers. */
@FunctionalInterface
interface Figure {
  /** The figure that covers no point. */
  Figure NOTHING = (x, y) -> false;

  /**
   * Returns whether the figure covers (x, y). Shapes lie in the unit circle; textures fill the
   * plane.
   */
  boolean covers(double x, double y);

  /** Returns the part of this figure that the texture covers too. */
  default Figure filledWith(Figure texture) {
    return (x, y) -> covers(x, y) && texture.covers(x, y);
  }
}
