package convoy.data.transform;

import java.util.Arrays;

/**
 * Of one resized line: for each output pixel the first input pixel that it covers, and the factors
 * of that one and its followers, which sum to one in fixed-point numbers.
 */
final class Weights {
  static final int PRECISION_BITS = 22;

  private final int[] first;

  /** Where each output's factors begin, and the end of the last. */
  private final int[] begin;

  private final int[] factors;
  private int longest;

  private Weights(int[] first, int[] begin, int[] factors) {
    this.first = first;
    this.begin = begin;
    this.factors = factors;
  }

  /**
   * From a part of a line to {@code to} pixels; what lies outside the part has no influence.
   *
   * @param start of the part
   * @param from its pixels
   * @param antialias whether an output covers all the pixels that it stands for
   */
  static Weights of(int start, int from, int to, boolean antialias) {
    double scale = (double) from / to;
    double reach = antialias ? Math.max(1, scale) : 1;
    int most = (int) Math.min(from, Math.ceil(reach) * 2 + 1);
    Weights weights =
        new Weights(new int[to], new int[to + 1], new int[Math.multiplyExact(to, most)]);
    for (int out = 0; out < to; out++) {
      double centre = (out + 0.5) * scale;
      int first = Math.max(0, (int) (centre - reach + 0.5));
      int end = Math.min(from, (int) (centre + reach + 0.5));
      weights.add(out, start, first, end, centre, reach);
    }

    return weights;
  }

  /** Those of {@code count} outputs from {@code out} on. */
  Weights part(int out, int count) {
    int from = begin[out];
    Weights part =
        new Weights(
            Arrays.copyOfRange(first, out, out + count),
            Arrays.copyOfRange(begin, out, out + count + 1),
            Arrays.copyOfRange(factors, from, begin[out + count]));
    for (int i = 0; i <= count; i++) {
      part.begin[i] -= from;
    }

    part.longest = longest;
    return part;
  }

  private void add(int out, int start, int from, int end, double centre, double reach) {
    double total = 0;
    for (int pixel = from; pixel < end; pixel++) {
      total += height(pixel, centre, reach);
    }

    first[out] = start + from;
    int at = begin[out];
    for (int pixel = from; pixel < end; pixel++) {
      double share = height(pixel, centre, reach) / total;
      factors[at++] = (int) Math.round(share * (1 << PRECISION_BITS));
    }

    begin[out + 1] = at;
    longest = Math.max(longest, end - from);
  }

  /** Of the triangle about {@code centre}, above the middle of a pixel. */
  private static double height(int pixel, double centre, double reach) {
    return Math.max(0, 1 - Math.abs((pixel + 0.5 - centre) / reach));
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
    return begin[out + 1] - begin[out];
  }

  /** Input pixels of the output that has most. */
  int longest() {
    return longest;
  }

  int factor(int out, int place) {
    return factors[begin[out] + place];
  }

  /** All factors, output by output. */
  int[] factors() {
    return factors;
  }
}
