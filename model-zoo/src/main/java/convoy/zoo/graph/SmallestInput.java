package convoy.zoo.graph;

import java.util.function.IntConsumer;

/**
 * Finds the smallest picture that a network takes by building the network at one size after
 * another.
 */
final class SmallestInput {
  private static final int LARGEST_TRIED = 4096;

  private SmallestInput() {}

  /**
   * Returns the side in pixels of the smallest square picture.
   *
   * @param build builds the network at a size, or throws {@link TooSmallException}
   */
  static int find(IntConsumer build) {
    for (int size = 1; size <= LARGEST_TRIED; size++) {
      if (fits(build, size)) {
        return size;
      }
    }
    throw new IllegalArgumentException("no picture up to " + LARGEST_TRIED + " px fits");
  }

  private static boolean fits(IntConsumer build, int size) {
    try {
      build.accept(size);
      return true;
    } catch (TooSmallException tooSmall) {
      return false;
    }
  }
}
