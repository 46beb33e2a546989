package convoy.data.image;

/** Measures how much pictures differ. */
final class Differences {
  private Differences() {}

  /** Returns the largest absolute difference of a pixel value, from 0 to 255. */
  static int most(Picture one, Picture other) {
    if (one.pixels().length != other.pixels().length || one.width() != other.width()) {
      throw new AssertionError("pictures of other sizes");
    }

    int most = 0;
    for (int i = 0; i < one.pixels().length; i++) {
      most = Math.max(most, Math.abs((one.pixels()[i] & 0xff) - (other.pixels()[i] & 0xff)));
    }

    return most;
  }

  /** Returns the mean absolute difference of all pixel values, from 0 to 255. */
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
