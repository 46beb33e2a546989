package convoy.data.transform;

import java.util.Arrays;

/** Sums of pixels times {@link Weights}, row-wise: loops that Java vectorises. */
final class FixedPoint {
  /** Rounds to the nearest. */
  private static final int HALF = 1 << (Weights.PRECISION_BITS - 1);

  private FixedPoint() {}

  static void begin(int[] sums) {
    Arrays.fill(sums, HALF);
  }

  /** To pixels, at most 255. */
  static void round(int[] sums) {
    for (int x = 0; x < sums.length; x++) {
      int level = sums[x] >> Weights.PRECISION_BITS;
      // All bits where it is above 255; Math.min isn't vectorised.
      sums[x] = (level | (255 - level) >> 31) & 0xff;
    }
  }
}
