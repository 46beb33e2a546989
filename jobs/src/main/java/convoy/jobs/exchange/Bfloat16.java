package convoy.jobs.exchange;

import convoy.data.order.SplitMix64;

/**
 * Rounds floats to bfloat16, their upper halves, at random: up or down with the probabilities that
 * make the mean of many roundings the float itself (Gupta et al. 2015, arXiv 1502.02551, section
 * 3). The mean over workers is rounded less than each of them, as their errors have no direction.
 */
final class Bfloat16 {
  static final int BYTES = 2;
  private static final int SIGN = 1 << 31;
  private static final int INFINITE = 0x7f800000;
  private static final int LARGEST = 0x7f7f;
  private static final int QUIET = 0x40;

  private Bfloat16() {}

  /**
   * Rounds some floats of a vector. Each draws by its place in the vector, so it doesn't matter how
   * the vector is cut.
   *
   * @param bits the floats' bits
   * @param first place of the first one in the vector
   */
  static void round(int[] bits, int count, long seed, int first, short[] into) {
    long drawn = 0;
    for (int i = 0; i < count; i++) {
      int place = first + i;
      if (i == 0 || (place & 3) == 0) { // A number has the bits for four.
        drawn = SplitMix64.at(seed, place >> 2);
      }

      into[i] = rounded(bits[i], (int) (drawn >>> ((place & 3) << 4)) & 0xffff);
    }
  }

  /**
   * Rounds one float.
   *
   * @param random 16 bits
   */
  static short rounded(int bits, int random) {
    int magnitude = bits & ~SIGN;
    int sign = (bits & SIGN) >>> 16;
    if (magnitude >= INFINITE) {
      return (short) (magnitude > INFINITE ? bits >>> 16 | QUIET : bits >>> 16);
    }

    // The two neighbours are 2^16 apart. No finite number becomes infinite.
    return (short) (sign | Math.min((magnitude + random) >>> 16, LARGEST));
  }

  static float value(short rounded) {
    return Float.intBitsToFloat(rounded << 16);
  }
}
