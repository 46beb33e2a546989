package convoy.data.generate;

/** Arithmetic whose last bit is the same on every machine: StrictMath where it matters. */
final class Numbers {
  private Numbers() {}

  /** The part after the point, 0 to 1, for negative numbers too. */
  static double fraction(double value) {
    return value - Math.floor(value);
  }

  /** Angle of (x, y), 0 to 2 pi. */
  static double angle(double x, double y) {
    double angle = StrictMath.atan2(y, x);
    return angle < 0 ? angle + 2 * Math.PI : angle;
  }

  /** Pulled into {@code low} to {@code high}. */
  static double clamp(double value, double low, double high) {
    return Math.max(low, Math.min(high, value));
  }
}
