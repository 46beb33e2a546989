package convoy.data.generate;

/** What is drawn, as the set of points that it covers. */
@FunctionalInterface
interface Figure {
  /** Covers no point. */
  Figure NOTHING = (x, y) -> false;

  /** Whether (x, y) belongs to it; shapes lie in the unit circle, textures fill the plane. */
  boolean covers(double x, double y);

  /** The part of this figure that another covers too. */
  default Figure filledWith(Figure texture) {
    return (x, y) -> covers(x, y) && texture.covers(x, y);
  }
}
