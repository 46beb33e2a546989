package convoy.data.generate;

import java.util.LinkedHashMap;
import java.util.Map;

/** Figures with an outline inside the unit circle. Their areas are similar. */
final class Shapes {
  private Shapes() {}

  /** Returns all shapes by name. */
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

  /**
   * A star with points at radius 1 and notches at {@code inner}. With 3 points and 0.5 it is a
   * triangle.
   */
  private static boolean star(double x, double y, int points, double inner) {
    double half = Math.PI / points;
    double angle = Math.abs(Numbers.angle(x, y) % (2 * half) - half);
    // The point is mirrored into the wedge between a notch (angle 0) and a star's point (angle
    // half). It is inside if it lies left of the line between them.
    double radius = Math.sqrt(x * x + y * y);
    double along = radius * StrictMath.cos(angle);
    double across = radius * StrictMath.sin(angle);
    double pointAlong = StrictMath.cos(half);
    double pointAcross = StrictMath.sin(half);
    return (pointAlong - inner) * across - pointAcross * (along - inner) > 0;
  }

  /** The curve (x^2 + y^2 - 1)^3 = x^2 y^3, drawn upright. */
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

  /** A disc with an endless band below it. */
  private static boolean arch(double x, double y, double half) {
    return y < 0 ? disc(x, y, half) : Math.abs(x) < half;
  }
}
