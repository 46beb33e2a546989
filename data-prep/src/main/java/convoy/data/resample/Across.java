package convoy.data.resample;

import convoy.data.image.Picture;

/**
 * Resizes rows of a picture horizontally, each channel separately. The pixels of a tap are gathered
 * first, because Java vectorises sums over whole rows but not loops with scattered reads.
 */
final class Across {
  private final byte[] pixels;
  private final int rowBytes;
  private final int channels;
  private final ResamplingWeights weights;

  /** The number of bytes from a row's start to the first tap of each output. */
  private final int[] places;

  private final int[] gathered;

  Across(Picture picture, ResamplingWeights weights) {
    this.pixels = picture.pixels();
    this.channels = picture.channels();
    this.rowBytes = picture.width() * channels;
    this.weights = weights;
    this.places = new int[weights.outputs()];
    for (int out = 0; out < places.length; out++) {
      places[out] = channels * weights.first(out);
    }

    this.gathered = new int[places.length];
  }

  /** Writes row {@code y}: for each channel, one number for each output. */
  void row(int y, int[][] to) {
    for (int tap = 0; tap < weights.taps(); tap++) {
      Words.gather(pixels, y * rowBytes + channels * tap, places, gathered);
      for (int channel = 0; channel < channels; channel++) {
        if (tap == 0) {
          set(gathered, 8 * channel, weights.factors(tap), to[channel]);
        } else {
          add(gathered, 8 * channel, weights.factors(tap), to[channel]);
        }
      }
    }

    for (int[] sums : to) {
      ResamplingWeights.round(sums);
    }
  }

  private static void set(int[] words, int shift, int[] factors, int[] sums) {
    for (int x = 0; x < sums.length; x++) {
      sums[x] = ((words[x] >>> shift) & 0xff) * factors[x];
    }
  }

  private static void add(int[] words, int shift, int[] factors, int[] sums) {
    for (int x = 0; x < sums.length; x++) {
      sums[x] += ((words[x] >>> shift) & 0xff) * factors[x];
    }
  }
}
