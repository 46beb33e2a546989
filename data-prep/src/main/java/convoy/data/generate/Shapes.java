package convoy.data.generate;

import java.util.LinkedHashMap;
import java.util.Map;

/** Figures with an outline, inside the unit circle, of much the same area. */
final class Shapes {
  private Shapes() {}

  /** All shapes by name. */
  static Map<String, Figure> all() {
    Map<String, Figure> shapes = new LinkedHashMap<>();
    shapes.put("circle", (x, y) -> disc(x, y, 0.82));
    shapes.put("square", (x, y) -> box(x, y, 0.72, 0.72));
    shapes.put("triangle", (x, y) -> star(x / 1.12, y / 1.12, 3, 0.5));
    shapes.put("star", (x, y) -> star(x, y, 5, 0.42));
    shapes.put("cross", (x, y) -> box(x, y, 0.3, 0.98) || box(x, y, 0.98, 0.3));
    shapes.put("ring", (x, y) -> disc(x, y, 0.95) && !disc(x, y, 0.55));
    shapes.put("crescent", (x, y) -> disc(x, y, 0.95) && !disc(x - 0.5, y, 0.72));
    shapes.put("heart", Shapes::heart);
    shapes.put("arrow", Shapes::arrow);
    shapes.put("hourglass", (x, y) -> Math.abs(y) < 0.85 && Math.abs(x) < Math.abs(y) + 0.08);
    shapes.put("lens", (x, y) -> disc(x, y - 0.75, 1.24) && disc(x, y + 0.75, 1.24));
    shapes.put("horseshoe", (x, y) -> y < 0.8 && arch(x, y, 0.9) && !arch(x, y, 0.45));
    return shapes;
  }

  private static boolean disc(double x, double y, double radius) {
    return x * x + y * y < radius * radius;
  }

  private static boolean box(double x, double y, double halfWidth, double halfHeight) {
    return Math.abs(x) < halfWidth && Math.abs(y) < halfHeight;
  }

  /** Points at radius 1, notches at {@code inner}; with 3 points and 0.5 it is a triangle. */
  private static boolean star(double x, double y, int points, double inner) {
    double half = Math.PI / points;
    double angle = Math.abs(Numbers.angle(x, y) % (2 * half) - half);
    // In the wedge between a notch (angle 0) and a point (angle half), left of their line.
    double radius = Math.sqrt(x * x + y * y);
    double along = radius * StrictMath.cos(angle);
    double across = radius * StrictMath.sin(angle);
    double pointAlong = StrictMath.cos(half);
    double pointAcross = StrictMath.sin(half);
    return (pointAlong - inner) * across - pointAcross * (along - inner) > 0;
  }

  /** The curve (x^2 + y^2 - 1)^3 = x^2 y^3, upside up. */
  private static boolean heart(double x, double y) {
    double across = x * 1.3;
    double up = -y * 1.3 + 0.15;
    double circle = across * across + up * up - 1;
    return circle * circle * circle < across * across * up * up * up;
  }

  private static boolean arrow(double x, double y) {
    boolean head = x > 0 && Math.abs(y) < 0.9 * (1 - x);
    boolean shaft = x > -0.95 && x <= 0 && Math.abs(y) < 0.28;
    return head || shaft;
  }

  /** A disc above, a band without end below. */
  private static boolean arch(double x, double y, double half) {
    return y < 0 ? disc(x, y, half) : Math.abs(x) < half;
  }
}
