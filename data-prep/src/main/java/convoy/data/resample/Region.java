package convoy.data.resample;

import convoy.data.image.Picture;

/** A part of a picture, in its pixels. */
public record Region(int left, int top, int width, int height) {
  /** Returns the region of the whole picture. */
  public static Region of(Picture picture) {
    return new Region(0, 0, picture.width(), picture.height());
  }
}
