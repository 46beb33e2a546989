package convoy.data.transform;

import convoy.data.image.Picture;

/** A transform whose pixels the next one can take row by row. */
interface Resizing extends Transform {
  /** What {@link #apply} gives. */
  Rows rows(Picture picture, Draws draws);

  @Override
  default Picture apply(Picture picture, Draws draws) {
    return rows(picture, draws).picture();
  }
}
