package convoy.data.image;

/** How far pictures are from one another. */
final class Differences {
  private Differences() {}

  /** Mean absolute difference of all pixel values, 0 to 255. */
  static double mean(Picture one, Picture other) {
    if (one.pixels().length != other.pixels().length || one.width() != other.width()) {
      throw new AssertionError("pictures of other sizes");
    }

    long sum = 0;
    for (int i = 0; i < one.pixels().length; i++) {
      sum += Math.abs((one.pixels()[i] & 0xff) - (other.pixels()[i] & 0xff));
    }

    return (double) sum / one.pixels().length;
  }
}
