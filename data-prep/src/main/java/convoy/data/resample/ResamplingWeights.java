package convoy.data.resample;

import java.util.Arrays;

/**
 * Of one resized line: for each output pixel the first input pixel that it covers, and the factors
 * of that one and its followers, its taps, which sum to one in fixed-point numbers.
 */
final class ResamplingWeights {
  private static final int PRECISION_BITS = 22;
  private static final int HALF = 1 << (PRECISION_BITS - 1);

  private final boolean shrinks;
  private final int[] first;
  private final int[] count;

  /** Tap by tap the factor of each output, 0 where an output has fewer taps. */
  private final int[][] factors;

  private ResamplingWeights(boolean shrinks, int[] first, int[] count, int[][] factors) {
    this.shrinks = shrinks;
    this.first = first;
    this.count = count;
    this.factors = factors;
  }

  /**
   * From a part of a line to {@code to} pixels; what lies outside the part has no influence.
   *
   * @param start of the part
   * @param from its pixels
   * @param antialias whether an output covers all the pixels that it stands for
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

  /** Those of {@code outputs} outputs from {@code out} on. */
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
        first[out]++; // At the triangle's foot: no tap.
      }
    }
  }

  /** Of the triangle about {@code centre}, above the middle of a pixel. */
  private static double height(int pixel, double centre, double reach) {
    return Math.max(0, 1 - Math.abs((pixel + 0.5 - centre) / reach));
  }

  /** Whether the whole line has fewer outputs than inputs. */
  boolean shrinks() {
    return shrinks;
  }

  int outputs() {
    return first.length;
  }

  /** The first input pixel of an output. */
  int first(int out) {
    return first[out];
  }

  /** Input pixels of an output. */
  int count(int out) {
    return count[out];
  }

  /** Input pixels of the output that has most. */
  int taps() {
    return factors.length;
  }

  /** 0 where the output has fewer taps. */
  int factor(int out, int tap) {
    return factors[tap][out];
  }

  /** The factor of a tap in so many parts of a whole. */
  int factor(int out, int tap, int whole) {
    return (int) (((long) factors[tap][out] * whole + HALF) >> PRECISION_BITS);
  }

  /** Of one tap the factors of all outputs. */
  int[] factors(int tap) {
    return factors[tap];
  }

  /** Sums of pixels times factors to the nearest pixels. */
  static void round(int[] sums) {
    for (int x = 0; x < sums.length; x++) {
      int level = (sums[x] + HALF) >> PRECISION_BITS;
      // All bits where it is above 255; Java doesn't vectorise Math.min.
      sums[x] = (level | (255 - level) >> 31) & 0xff;
    }
  }
}
