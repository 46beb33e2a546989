package convoy.data.resample;

import java.util.Arrays;

/**
 * The weights that resize one line. For each output pixel they hold the first input pixel that it
 * covers, and the factors of that pixel and the following ones. These input pixels are its taps.
 * The factors are fixed-point numbers with the sum one.
 */
final class ResamplingWeights {
  private static final int PRECISION_BITS = 22;
  private static final int HALF = 1 << (PRECISION_BITS - 1);

  private final boolean shrinks;
  private final int[] first;
  private final int[] count;

  /** factors[tap][output], 0 where an output has fewer taps. */
  private final int[][] factors;

  private ResamplingWeights(boolean shrinks, int[] first, int[] count, int[][] factors) {
    this.shrinks = shrinks;
    this.first = first;
    this.count = count;
    this.factors = factors;
  }

  /**
   * Computes the weights that resize a part of a line to {@code to} pixels. Pixels outside the part
   * have no influence.
   *
   * @param start first pixel of the part
   * @param from number of its pixels
   * @param antialias whether an output covers all the pixels that it replaces
   */
  static ResamplingWeights of(int start, int from, int to, boolean antialias) {
    double scale = (double) from / to;
    boolean shrinks = scale > 1;
    double reach = antialias ? Math.max(1, scale) : 1;
    int most = (int) Math.min(from, Math.ceil(reach) * 2 + 1);
    ResamplingWeights weights =
        new ResamplingWeights(shrinks, new int[to], new int[to], new int[most][to]);
    int taps = 0;
    for (int out = 0; out < to; out++) {
      double centre = (out + 0.5) * scale;
      int first = Math.max(0, (int) (centre - reach + 0.5));
      int end = Math.min(from, (int) (centre + reach + 0.5));
      weights.set(out, start, first, end, centre, reach);
      taps = Math.max(taps, weights.count[out]);
    }

    return new ResamplingWeights(
        shrinks, weights.first, weights.count, Arrays.copyOf(weights.factors, taps));
  }

  /** Returns the weights of {@code outputs} outputs from {@code out} on. */
  ResamplingWeights part(int out, int outputs) {
    return new ResamplingWeights(
        shrinks,
        Arrays.copyOfRange(first, out, out + outputs),
        Arrays.copyOfRange(count, out, out + outputs),
        Arrays.stream(factors)
            .map(tap -> Arrays.copyOfRange(tap, out, out + outputs))
            .toArray(int[][]::new));
  }

  private void set(int out, int start, int from, int end, double centre, double reach) {
    double total = 0;
    for (int pixel = from; pixel < end; pixel++) {
      total += height(pixel, centre, reach);
    }

    first[out] = start + from;
    for (int pixel = from; pixel < end; pixel++) {
      double share = height(pixel, centre, reach) / total;
      int factor = (int) Math.round(share * (1 << PRECISION_BITS));
      if (factor != 0) {
        factors[count[out]++][out] = factor;
      } else if (count[out] == 0) {
        first[out]++; // This pixel is at the foot of the triangle, so it is not a tap.
      }
    }
  }

  /** Returns the height of the triangle around {@code centre} at the middle of a pixel. */
  private static double height(int pixel, double centre, double reach) {
    return Math.max(0, 1 - Math.abs((pixel + 0.5 - centre) / reach));
  }

  /** Returns whether the whole line has fewer outputs than inputs. */
  boolean shrinks() {
    return shrinks;
  }

  int outputs() {
    return first.length;
  }

  /** Returns the first input pixel of an output. */
  int first(int out) {
    return first[out];
  }

  /** Returns the number of input pixels of an output. */
  int count(int out) {
    return count[out];
  }

  /** Returns the largest number of input pixels that an output has. */
  int taps() {
    return factors.length;
  }

  /** Returns a factor, which is 0 if the output has fewer taps. */
  int factor(int out, int tap) {
    return factors[tap][out];
  }

  /** Returns the factor of a tap in units of 1 / {@code whole}. */
  int factor(int out, int tap, int whole) {
    return (int) (((long) factors[tap][out] * whole + HALF) >> PRECISION_BITS);
  }

  /** Returns the factors of one tap for all outputs. */
  int[] factors(int tap) {
    return factors[tap];
  }

  /** Rounds sums of pixels times factors to the nearest levels. */
  static void round(int[] sums) {
    for (int x = 0; x < sums.length; x++) {
      int level = (sums[x] + HALF) >> PRECISION_BITS;
      // This sets all bits of a level above 255. Java doesn't vectorise Math.min.
      sums[x] = (level | (255 - level) >> 31) & 0xff;
    }
  }
}
