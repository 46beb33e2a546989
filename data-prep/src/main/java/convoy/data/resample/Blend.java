package convoy.data.resample;

/**
 * Blends two bytes in steps of 1/256, rounded to the nearest. The four bytes of a word take two
 * multiplications for each of the two words.
 */
final class Blend {
  private static final int WHOLE = 256;

  /** The first and the third byte of a word, each with room for a byte times 256. */
  private static final int EVEN = 0x00ff00ff;

  private static final int HALVES = 0x00800080;

  private Blend() {}

  /** Returns the weight of the second tap of an output that has one or two taps. */
  static int secondWeight(ResamplingWeights weights, int out) {
    return weights.count(out) < 2 ? 0 : weights.factor(out, 1, WHOLE);
  }

  /** Blends all bytes by one weight, that of {@code second}. */
  static void all(int[] first, int[] second, int weight, int[] to) {
    int rest = WHOLE - weight;
    for (int i = 0; i < to.length; i++) {
      int even = (first[i] & EVEN) * rest + (second[i] & EVEN) * weight + HALVES;
      int odd = ((first[i] >>> 8) & EVEN) * rest + ((second[i] >>> 8) & EVEN) * weight + HALVES;
      to[i] = ((even >>> 8) & EVEN) | (odd & ~EVEN);
    }
  }

  /** Blends each word by its own weight. */
  static void each(int[] first, int[] second, int[] weights, int[] to) {
    even(first, second, weights, to);
    odd(first, second, weights, to);
  }

  /**
   * Blends the first and third byte. This is a separate loop because Java doesn't vectorise longer
   * ones.
   */
  private static void even(int[] first, int[] second, int[] weights, int[] to) {
    for (int x = 0; x < to.length; x++) {
      int one = first[x] & EVEN;
      int other = second[x] & EVEN;
      to[x] = ((one * (WHOLE - weights[x]) + other * weights[x] + HALVES) >>> 8) & EVEN;
    }
  }

  private static void odd(int[] first, int[] second, int[] weights, int[] to) {
    for (int x = 0; x < to.length; x++) {
      int one = (first[x] >>> 8) & EVEN;
      int other = (second[x] >>> 8) & EVEN;
      to[x] |= (one * (WHOLE - weights[x]) + other * weights[x] + HALVES) & ~EVEN;
    }
  }
}
