package convoy.data.transform;

import convoy.data.image.Picture;
import convoy.data.resample.Rows;

/** A transform whose pixels the next one can take row by row. */
public interface Resizing extends Transform {
  /** What {@link #apply} gives. */
  Rows rows(Picture picture, Draws draws);

  @Override
  default Picture apply(Picture picture, Draws draws) {
    return rows(picture, draws).picture();
  }
}
