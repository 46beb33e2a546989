package convoy.zoo.importing;

import java.util.function.DoubleUnaryOperator;

/**
 * Layers as plain loops, for kernels that the zoo's layers don't have. Planes are in C, H, W order.
 */
final class PlainLayers {
  private int channels;
  private int height;
  private int width;
  private double[] values;

  PlainLayers(int channels, int height, int width, double[] values) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.values = values;
  }

  double[] values() {
    return values;
  }

  /** Convolves with stride 1 and no padding. Weights are [out, in, rows, columns]. */
  PlainLayers convolution(int rows, int columns, float[] weights, float[] biases) {
    int newHeight = height - rows + 1;
    int newWidth = width - columns + 1;
    double[] out = new double[biases.length * newHeight * newWidth];
    for (int i = 0; i < out.length; i++) {
      int filter = i / (newHeight * newWidth);
      int top = i / newWidth % newHeight;
      int left = i % newWidth;
      out[i] = biases[filter];
      for (int w = 0; w < channels * rows * columns; w++) {
        int channel = w / (rows * columns);
        int at = (channel * height + top + w / columns % rows) * width + left + w % columns;
        out[i] += weights[filter * channels * rows * columns + w] * values[at];
      }
    }

    return set(biases.length, newHeight, newWidth, out);
  }

  PlainLayers dense(float[] weights, float[] biases) {
    double[] out = new double[biases.length];
    for (int output = 0; output < out.length; output++) {
      out[output] = biases[output];
      for (int input = 0; input < values.length; input++) {
        out[output] += weights[output * values.length + input] * values[input];
      }
    }

    return set(biases.length, 1, 1, out);
  }

  /** Takes the largest value of each plane. */
  PlainLayers globalMaximum() {
    double[] out = new double[channels];
    for (int channel = 0; channel < channels; channel++) {
      out[channel] = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < height * width; i++) {
        out[channel] = Math.max(out[channel], values[channel * height * width + i]);
      }
    }

    return set(channels, 1, 1, out);
  }

  PlainLayers each(DoubleUnaryOperator function) {
    for (int i = 0; i < values.length; i++) {
      values[i] = function.applyAsDouble(values[i]);
    }

    return this;
  }

  PlainLayers softmax() {
    double[] out = new double[values.length];
    double sum = 0;
    for (double value : values) {
      sum += Math.exp(value);
    }

    for (int i = 0; i < out.length; i++) {
      out[i] = Math.exp(values[i]) / sum;
    }

    return set(channels, height, width, out);
  }

  private PlainLayers set(int newChannels, int newHeight, int newWidth, double[] newValues) {
    channels = newChannels;
    height = newHeight;
    width = newWidth;
    values = newValues;
    return this;
  }
}
