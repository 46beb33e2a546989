package convoy.data.generate;

import convoy.data.image.Picture;
import convoy.data.transform.Draws;

/**
 * One picture of a class: the ground, clutter behind the figure, the figure at a random place, size
 * and angle, clutter in front of it, and noise. Colours and clutter are drawn in the same way for
 * all classes.
 */
final class Scene {
  private static final double CONTRAST = 0.35;

  private static final double MOST_TURN = 0.5;

  private final Draws draws;
  private final Canvas canvas;
  private final Colour ground;

  private Scene(int sizePx, Draws draws) {
    this.draws = draws;
    this.canvas = new Canvas(sizePx);
    this.ground = Colour.any(draws);
  }

  static Picture paint(PictureClass kind, int sizePx, Draws draws) {
    Scene scene = new Scene(sizePx, draws);
    scene.ground();
    scene.clutter(1 + draws.below(3));
    scene.figure(kind);
    scene.clutter(draws.below(3));
    return scene.canvas.picture(draws, draws.between(0.01, 0.05));
  }

  /** Paints one colour that changes across the picture. */
  private void ground() {
    canvas.fill(shaded(ground, 0.25));
  }

  private void figure(PictureClass kind) {
    Colour colour = ground.against(draws, CONTRAST);
    double radius = kind.everywhere() ? draws.between(0.17, 0.25) : draws.between(0.3, 0.42);
    double margin = kind.everywhere() ? 0.3 : radius * 0.9;
    double x = draws.between(margin, 1 - margin);
    double y = draws.between(margin, 1 - margin);
    double turn = kind.everywhere() ? Math.PI : MOST_TURN;
    double angle = draws.between(-turn, turn);
    if (!kind.everywhere()) {
      canvas.lay(placed(kind.figure(), x + 0.025, y + 0.035, radius, angle), black(), 0.3);
    }

    canvas.lay(placed(kind.figure(), x, y, radius, angle), shaded(colour, 0.15), 1);
    Colour second = colour.against(draws, CONTRAST);
    canvas.lay(placed(kind.fill(), x, y, radius, angle), (u, v) -> second, 1);
  }

  /** Draws thin lines and small spots of any colour, which belong to no class. */
  private void clutter(int pieces) {
    for (int i = 0; i < pieces; i++) {
      boolean line = draws.coin();
      Colour colour = Colour.any(draws);
      double x = draws.unit();
      double y = draws.unit();
      double angle = draws.between(0, 2 * Math.PI);
      double length = line ? draws.between(0.15, 0.4) : draws.between(0.02, 0.05);
      double width = line ? 0.012 : length;
      Figure spot = (u, v) -> u * u + v * v < 1;
      Figure stroke = (u, v) -> spot.covers(u, v * length / width);
      canvas.lay(placed(stroke, x, y, length, angle), (u, v) -> colour, 0.85);
    }
  }

  /** Turns, enlarges and moves a figure from its own coordinates to those of the canvas. */
  private static Figure placed(Figure figure, double x, double y, double radius, double angle) {
    double cos = StrictMath.cos(angle) / radius;
    double sin = StrictMath.sin(angle) / radius;
    return (u, v) -> figure.covers(cos * (u - x) + sin * (v - y), cos * (v - y) - sin * (u - x));
  }

  private Canvas.Paint shaded(Colour colour, double strength) {
    Colour other = Colour.any(draws);
    double angle = draws.between(0, 2 * Math.PI);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    return (x, y) -> {
      double along = Numbers.clamp(0.5 + cos * (x - 0.5) + sin * (y - 0.5), 0, 1);
      return colour.mixed(other, strength * along);
    };
  }

  private static Canvas.Paint black() {
    return (x, y) -> Colour.BLACK;
  }
}
