package convoy.data.pipeline;

import convoy.data.image.Picture;
import convoy.data.resample.Pictures;
import convoy.data.resample.Rows;
import java.util.List;
import java.util.function.Consumer;

/** Many views of one picture, whose predictions are averaged. */
interface Crops {
  /** All of them; {@code --crops} takes their counts. */
  List<Crops> ALL = List.of(new TenCrops(), new MultiScaleCrops());

  /** Crops of a picture. */
  int count();

  /** Hands over the crops, squares of {@code size} pixels, always in the same order. */
  void of(Picture picture, int size, Consumer<Picture> crop);

  /** What the papers scale for an input of 224 pixels, for one of {@code size}. */
  static int scaled(int pixels, int size) {
    return Math.round(pixels * size / 224f);
  }

  /** The corners and the middle of a square, each as it is and mirrored. */
  static void fiveAndMirrored(Picture square, int size, Consumer<Picture> crop) {
    int end = square.width() - size;
    int[][] corners = {{0, 0}, {end, 0}, {0, end}, {end, end}, {end / 2, end / 2}};
    for (int[] corner : corners) {
      andMirrored(Pictures.crop(square, corner[0], corner[1], size, size), crop);
    }
  }

  /** As it is and mirrored. */
  static void andMirrored(Picture picture, Consumer<Picture> crop) {
    crop.accept(picture);
    crop.accept(Rows.of(picture).mirrored().picture());
  }
}
