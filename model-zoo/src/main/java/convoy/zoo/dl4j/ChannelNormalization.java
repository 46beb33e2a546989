package convoy.zoo.dl4j;

import convoy.zoo.graph.Layer;
import java.util.Arrays;

/**
 * The arithmetic of local response normalization on one picture, [channels, area], in plain loops.
 */
final class ChannelNormalization {
  private final int size;
  private final float k;
  private final float alpha;
  private final double beta;
  private final int channels;
  private final float[] squares;
  private final float[] sums;
  private final float[] powers;

  ChannelNormalization(Layer.LocalResponseNormalization layer, int channels, int area) {
    this.size = layer.size();
    this.k = (float) layer.k();
    this.alpha = (float) layer.alpha();
    this.beta = layer.beta();
    this.channels = channels;
    this.squares = new float[channels * area];
    this.sums = new float[channels * area];
    this.powers = new float[channels * area];
  }

  /**
   * Turns x into x / scale^beta.
   *
   * @param scales receives k + alpha * sum of squares, which the backward pass needs
   */
  void forward(float[] x, float[] scales) {
    for (int i = 0; i < x.length; i++) {
      squares[i] = x[i] * x[i];
    }

    windowSums(squares);
    for (int i = 0; i < x.length; i++) {
      scales[i] = k + alpha * sums[i];
    }

    powers(scales);
    for (int i = 0; i < x.length; i++) {
      x[i] *= powers[i];
    }
  }

  /** Turns the gradient of the result y into the gradient of x. */
  void backward(float[] x, float[] y, float[] scales, float[] gradient) {
    for (int i = 0; i < x.length; i++) {
      squares[i] = gradient[i] * y[i] / scales[i];
    }

    windowSums(squares);
    powers(scales);
    float factor = (float) (-2 * alpha * beta);
    for (int i = 0; i < x.length; i++) {
      gradient[i] = gradient[i] * powers[i] + factor * x[i] * sums[i];
    }
  }

  /** Sums over the window of channels around each channel, in order of channel. */
  private void windowSums(float[] values) {
    int area = values.length / channels;
    int half = size / 2;
    Arrays.fill(sums, 0);
    for (int channel = 0; channel < channels; channel++) {
      int last = Math.min(channels - 1, channel + half);
      for (int other = Math.max(0, channel - half); other <= last; other++) {
        for (int i = 0; i < area; i++) {
          sums[channel * area + i] += values[other * area + i];
        }
      }
    }
  }

  private void powers(float[] scales) {
    if (beta == 0.75) {
      // The papers' power without pow: two roots, which processors have.
      for (int i = 0; i < scales.length; i++) {
        double root = Math.sqrt(scales[i]);
        powers[i] = (float) (1 / (root * Math.sqrt(root)));
      }

      return;
    }

    for (int i = 0; i < scales.length; i++) {
      powers[i] = (float) StrictMath.pow(scales[i], -beta);
    }
  }
}
