package convoy.data.transform;

import convoy.data.image.Picture;
import convoy.data.resample.Rows;
import convoy.options.Key;
import convoy.options.Kinds;

/** A transform whose result the next transform can take row by row. */
interface Resizing extends Transform {
  Key<Boolean> ANTIALIAS =
      Key.of(
          "antialias",
          Kinds.flag(),
          true,
          "False is faster but coarser: each output pixel uses four input pixels only.");

  /** Returns the rows of the result of {@link #apply}. */
  Rows rows(Picture picture, Draws draws);

  @Override
  default Picture apply(Picture picture, Draws draws) {
    return rows(picture, draws).picture();
  }
}
