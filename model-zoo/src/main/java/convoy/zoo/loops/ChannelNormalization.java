package convoy.zoo.loops;

import convoy.zoo.graph.LocalResponseNormalization;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The arithmetic of local response normalization in plain loops. It works on a few places of all
 * channels at a time, so that the sums over channels stay in the processor's cache.
 */
public final class ChannelNormalization {
  /** The number of places of a plane that are handled together. */
  private static final int TILE = 64;

  private final int size;
  private final float k;
  private final float alpha;
  private final float beta;
  private final int channels;
  private final int area;
  private final float[] x;
  private final float[] gradient;
  private final float[] terms;
  private final float[] scales;
  private final float[] powers;

  public ChannelNormalization(LocalResponseNormalization layer, int channels, int area) {
    this.size = layer.size();
    this.k = (float) layer.k();
    this.alpha = (float) layer.alpha();
    this.beta = (float) layer.beta();
    this.channels = channels;
    this.area = area;
    int tile = channels * TILE;
    this.x = new float[tile];
    this.gradient = new float[tile];
    this.terms = new float[tile];
    this.scales = new float[tile];
    this.powers = new float[tile];
  }

  /**
   * Writes x / (k + alpha * sum of squares)^beta for {@code pictures} pictures of [channels, area].
   */
  public void forward(FloatBuffer input, FloatBuffer output, int pictures) {
    for (int picture = 0; picture < pictures; picture++) {
      for (int from = 0; from < area; from += TILE) {
        int first = picture * channels * area + from;
        int width = Math.min(TILE, area - from);
        read(input, first, width, x);
        scales();
        for (int i = 0; i < x.length; i++) {
          x[i] *= powers[i];
        }

        write(x, output, first, width);
      }
    }
  }

  /**
   * Writes the gradient of the input, from the input itself and the gradient of the output. It
   * computes the divisors of the forward pass again, because that is faster than reading them from
   * memory.
   */
  public void backward(FloatBuffer input, FloatBuffer from, FloatBuffer into, int pictures) {
    for (int picture = 0; picture < pictures; picture++) {
      for (int place = 0; place < area; place += TILE) {
        int first = picture * channels * area + place;
        int width = Math.min(TILE, area - place);
        read(input, first, width, x);
        read(from, first, width, gradient);
        scales();
        for (int i = 0; i < x.length; i++) {
          terms[i] = gradient[i] * x[i] * powers[i] / scales[i];
          gradient[i] *= powers[i];
        }

        float factor = -2 * alpha * beta;
        windowSums(terms, scales);
        for (int i = 0; i < x.length; i++) {
          gradient[i] += factor * x[i] * scales[i];
        }

        write(gradient, into, first, width);
      }
    }
  }

  /** Computes from x: scales = k + alpha * sum of squares, powers = scales^-beta. */
  private void scales() {
    for (int i = 0; i < x.length; i++) {
      terms[i] = x[i] * x[i];
    }

    windowSums(terms, scales);
    for (int i = 0; i < x.length; i++) {
      scales[i] = k + alpha * scales[i];
    }

    if (beta == 0.75f) {
      // For the beta of the papers, two square roots replace the slow pow: processors have an
      // instruction for them.
      for (int i = 0; i < x.length; i++) {
        float root = (float) Math.sqrt(scales[i]);
        powers[i] = 1 / (root * (float) Math.sqrt(root));
      }

      return;
    }

    for (int i = 0; i < x.length; i++) {
      powers[i] = (float) StrictMath.pow(scales[i], -beta);
    }
  }

  /** Computes the sum over the window of channels around each channel, in order of the channels. */
  private void windowSums(float[] values, float[] sums) {
    int half = size / 2;
    Arrays.fill(sums, 0);
    for (int channel = 0; channel < channels; channel++) {
      int last = Math.min(channels - 1, channel + half);
      for (int other = Math.max(0, channel - half); other <= last; other++) {
        add(values, other * TILE, sums, channel * TILE);
      }
    }
  }

  private static void add(float[] values, int from, float[] sums, int into) {
    for (int i = 0; i < TILE; i++) {
      sums[into + i] += values[from + i];
    }
  }

  // If the last tile is narrow, old values remain after its width. They are never written out.
  private void read(FloatBuffer from, int first, int width, float[] tile) {
    for (int channel = 0; channel < channels; channel++) {
      from.get(first + channel * area, tile, channel * TILE, width);
    }
  }

  private void write(float[] tile, FloatBuffer into, int first, int width) {
    for (int channel = 0; channel < channels; channel++) {
      into.put(first + channel * area, tile, channel * TILE, width);
    }
  }
}
