package convoy.data.transform;

import convoy.data.image.Picture;

/** A part of a picture, in its pixels. */
record Region(int left, int top, int width, int height) {
  /** All of it. */
  static Region of(Picture picture) {
    return new Region(0, 0, picture.width(), picture.height());
  }
}
