package convoy.data.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One class of pictures.
 *
 * @param name the name of its folder
 * @param figure what distinguishes it from the others
 * @param fill texture inside a shape, in a second colour; may cover nothing
 * @param everywhere whether the figure fills the picture as a texture, or stands somewhere in it as
 *     a shape
 */
record PictureClass(String name, Figure figure, Figure fill, boolean everywhere) {
  /** The first shapes and textures are the easiest to distinguish. */
  private static final List<String> ORDER =
      List.of(
          "circle",
          "square",
          "triangle",
          "star",
          "cross",
          "ring",
          "stripes",
          "checkerboard",
          "dots",
          "spiral",
          "crescent",
          "heart",
          "arrow",
          "hourglass",
          "lens",
          "horseshoe",
          "waves",
          "bullseye",
          "grid",
          "rays",
          "zigzag",
          "bricks");

  /** The textures that remain visible inside a shape, and the name that each gives to the shape. */
  private static final Map<String, String> FILLS =
      new TreeMap<>(
          Map.of(
              "striped",
              "stripes",
              "dotted",
              "dots",
              "checkered",
              "checkerboard",
              "wavy",
              "waves"));

  /** A texture repeats more often inside a shape than in a whole picture. */
  private static final double FILL_SCALE = 2.4;

  /** Returns all classes: shapes and textures first, then each shape with each fill. */
  static List<PictureClass> all() {
    Map<String, Figure> shapes = Shapes.all();
    Map<String, Figure> textures = Textures.all();
    List<PictureClass> kinds = new ArrayList<>();
    for (String name : ORDER) {
      boolean texture = textures.containsKey(name);
      Figure figure = texture ? textures.get(name) : shapes.get(name);
      kinds.add(new PictureClass(name, figure, Figure.NOTHING, texture));
    }

    FILLS.forEach(
        (adjective, name) -> {
          Figure texture = textures.get(name);
          Figure fill = (x, y) -> texture.covers(x * FILL_SCALE, y * FILL_SCALE);
          shapes.forEach(
              (shape, figure) ->
                  kinds.add(
                      new PictureClass(
                          adjective + "-" + shape, figure, figure.filledWith(fill), false)));
        });
    return List.copyOf(kinds);
  }
}
