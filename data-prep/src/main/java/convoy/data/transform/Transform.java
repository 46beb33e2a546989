package convoy.data.transform;

import convoy.data.image.Picture;

/** One step from picture to picture. A pure function of (picture, draws); any thread. */
public interface Transform {
  /** Side that is not known before a picture comes. */
  int ANY = 0;

  /** The longest side in pixels that a recipe may give. */
  int LARGEST = 65_536;

  /** A new picture, or the same one where nothing changes; never writes into {@code picture}. */
  Picture apply(Picture picture, Draws draws);

  /** Whether the draws decide what comes out; such a transform has no place in evaluation. */
  default boolean random() {
    return false;
  }

  /** Side of the square that comes out if {@code side} goes in; {@link #ANY} when not known. */
  int side(int side);
}
