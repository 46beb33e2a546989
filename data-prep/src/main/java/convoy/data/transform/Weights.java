package convoy.data.transform;

/**
 * Of one resized line: for each output pixel the first input pixel that it covers, and the factors
 * of that one and its followers, which sum to one in fixed-point numbers.
 */
final class Weights {
  static final int PRECISION_BITS = 22;

  final int[] first;
  final int[][] factors;

  private Weights(int outputs) {
    this.first = new int[outputs];
    this.factors = new int[outputs][];
  }

  /** From {@code from} pixels to {@code to}. */
  static Weights of(int from, int to) {
    Weights weights = new Weights(to);
    double scale = (double) from / to;
    double reach = Math.max(1, scale);
    for (int out = 0; out < to; out++) {
      double centre = (out + 0.5) * scale;
      int first = Math.max(0, (int) (centre - reach + 0.5));
      int end = Math.min(from, (int) (centre + reach + 0.5));
      weights.first[out] = first;
      weights.factors[out] = triangle(first, end, centre, reach);
    }

    return weights;
  }

  private static int[] triangle(int first, int end, double centre, double reach) {
    double[] heights = new double[end - first];
    double total = 0;
    for (int i = 0; i < heights.length; i++) {
      heights[i] = Math.max(0, 1 - Math.abs((first + i + 0.5 - centre) / reach));
      total += heights[i];
    }

    int[] factors = new int[heights.length];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = (int) Math.round(heights[i] / total * (1 << PRECISION_BITS));
    }

    return factors;
  }
}
