package convoy.data.generate;

/**
 * Arithmetic whose last bit is the same on every machine. It uses StrictMath where that matters.
 */
final class Numbers {
  private Numbers() {}

  /** Returns the part after the decimal point, from 0 to 1, for negative numbers too. */
  static double fraction(double value) {
    return value - Math.floor(value);
  }

  /** Returns the angle of (x, y), from 0 to 2 pi. */
  static double angle(double x, double y) {
    double angle = StrictMath.atan2(y, x);
    return angle < 0 ? angle + 2 * Math.PI : angle;
  }

  /** Returns the value in {@code low} to {@code high} that is nearest to {@code value}. */
  static double clamp(double value, double low, double high) {
    return Math.max(low, Math.min(high, value));
  }
}
