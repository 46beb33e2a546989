package convoy.data.resample;

/**
 * The pass across of {@link Bilinear}: of two neighbours one pixel. A class and method of its own,
 * as the compiler otherwise puts all loops of a row into one and has no registers for so many.
 */
final class BlendAcross {
  private final int channels;

  /** Bytes from the first output's first pixel to that of each output. */
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

  /** From a row that begins with the first output's first pixel. */
  void row(byte[] row, int[] to) {
    Words.gather(row, 0, places, left);
    Words.gather(row, channels, places, right);
    Blend.each(left, right, weights, to);
  }
}
