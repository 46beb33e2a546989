package convoy.data.pipeline;

import convoy.data.image.Picture;
import convoy.data.resample.Pictures;
import convoy.data.resample.Rows;
import java.util.List;
import java.util.function.Consumer;

/** Several views of one picture. Their predictions are averaged. */
interface Crops {
  /** All kinds of crops; {@code --crops} takes their counts. */
  List<Crops> ALL = List.of(new TenCrops(), new MultiScaleCrops());

  /** Returns the number of crops of a picture. */
  int count();

  /** Passes the crops, squares of {@code size} pixels, to {@code crop} in a fixed order. */
  void of(Picture picture, int size, Consumer<Picture> crop);

  /**
   * Scales a length that the papers give for an input of 224 pixels to an input of {@code size}.
   */
  static int scaled(int pixels, int size) {
    return Math.round(pixels * size / 224f);
  }

  /** Passes on the corners and the middle of a square, each unchanged and mirrored. */
  static void fiveAndMirrored(Picture square, int size, Consumer<Picture> crop) {
    int end = square.width() - size;
    int[][] corners = {{0, 0}, {end, 0}, {0, end}, {end, end}, {end / 2, end / 2}};
    for (int[] corner : corners) {
      andMirrored(Pictures.crop(square, corner[0], corner[1], size, size), crop);
    }
  }

  /** Passes on a picture unchanged and mirrored. */
  static void andMirrored(Picture picture, Consumer<Picture> crop) {
    crop.accept(picture);
    crop.accept(Rows.of(picture).mirrored().picture());
  }
}
