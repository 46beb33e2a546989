package convoy.data.resample;

/**
 * The horizontal pass of {@link Bilinear}, which blends two neighbours into one pixel. It has its
 * own class and method, because the compiler otherwise merges all loops of a row into one and runs
 * out of registers.
 */
final class BlendAcross {
  private final int channels;

  /** The number of bytes from the first output's first pixel to that of each output. */
  private final int[] places;

  private final int[] weights;
  private final int[] left;
  private final int[] right;

  BlendAcross(ResamplingWeights across, int channels) {
    this.channels = channels;
    this.places = new int[across.outputs()];
    this.weights = new int[places.length];
    this.left = new int[places.length];
    this.right = new int[places.length];
    for (int x = 0; x < places.length; x++) {
      places[x] = channels * (across.first(x) - across.first(0));
      weights[x] = Blend.secondWeight(across, x);
    }
  }

  /** Blends a row that begins with the first output's first pixel. */
  void row(byte[] row, int[] to) {
    Words.gather(row, 0, places, left);
    Words.gather(row, channels, places, right);
    Blend.each(left, right, weights, to);
  }
}
