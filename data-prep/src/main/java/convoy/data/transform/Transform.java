package convoy.data.transform;

import convoy.data.image.Picture;

/**
 * One step from picture to picture. It is a pure function of (picture, draws); any thread may call
 * it.
 */
public interface Transform {
  /** The side if it depends on the picture. */
  int ANY = 0;

  /** The longest side in pixels that a recipe may give. */
  int LARGEST = 65_536;

  /**
   * Returns a new picture, or the same one if nothing changes; never writes into {@code picture}.
   */
  Picture apply(Picture picture, Draws draws);

  /** Returns whether the draws decide the result. Evaluation can't use such a transform. */
  default boolean random() {
    return false;
  }

  /**
   * Returns the side of the square that a square of {@code side} becomes; {@link #ANY} if it isn't
   * known.
   */
  int side(int side);
}
