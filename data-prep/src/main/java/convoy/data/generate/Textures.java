package convoy.data.generate;

import static convoy.data.generate.Numbers.fraction;

import java.util.LinkedHashMap;
import java.util.Map;

/** Figures that fill the plane and repeat about every unit. Each covers about half of the plane. */
final class Textures {
  private Textures() {}

  /** Returns all textures by name. */
  static Map<String, Figure> all() {
    Map<String, Figure> textures = new LinkedHashMap<>();
    textures.put("stripes", (x, y) -> fraction(x) < 0.5);
    textures.put("checkerboard", (x, y) -> fraction(x / 2) < 0.5 == fraction(y / 2) < 0.5);
    textures.put("dots", Textures::dots);
    textures.put("spiral", (x, y) -> fraction(radius(x, y) + turn(x, y)) < 0.5);
    textures.put("waves", (x, y) -> fraction(y + 0.3 * StrictMath.sin(4 * x)) < 0.5);
    textures.put("bullseye", (x, y) -> fraction(radius(x, y)) < 0.5);
    textures.put("grid", (x, y) -> fraction(x) < 0.25 || fraction(y) < 0.25);
    textures.put("rays", (x, y) -> fraction(9 * turn(x, y)) < 0.5);
    textures.put("zigzag", (x, y) -> fraction(y + Math.abs(2 * fraction(x / 2) - 1)) < 0.5);
    textures.put("bricks", Textures::bricks);
    return textures;
  }

  private static boolean dots(double x, double y) {
    double across = fraction(x) - 0.5;
    double down = fraction(y) - 0.5;
    return across * across + down * down < 0.09;
  }

  /** Every second row of bricks is shifted by half a brick. */
  private static boolean bricks(double x, double y) {
    double row = Math.floor(y);
    return fraction(y) > 0.2 && fraction(x / 2 + row / 2) > 0.1;
  }

  private static double radius(double x, double y) {
    return Math.sqrt(x * x + y * y);
  }

  private static double turn(double x, double y) {
    return Numbers.angle(x, y) / (2 * Math.PI);
  }
}
