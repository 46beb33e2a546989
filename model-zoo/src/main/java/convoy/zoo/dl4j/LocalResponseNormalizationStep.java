package convoy.zoo.dl4j;

import convoy.zoo.graph.Layer;
import java.util.Arrays;

/**
 * Local response normalization across channels in plain loops, one picture at a time: ND4J's
 * backward operation takes longer than a convolution.
 */
final class LocalResponseNormalizationStep implements Step {
  private final Layer.LocalResponseNormalization layer;
  private final Tensor input;
  private final Tensor output;
  // k + alpha * sum of squares, kept for the backward pass.
  private final Floats scales;

  LocalResponseNormalizationStep(
      Layer.LocalResponseNormalization layer, Tensor input, Tensor output, int batch) {
    this.layer = layer;
    this.input = input;
    this.output = output;
    this.scales = input.differentiable() ? Floats.zeros(batch * input.shape().size()) : null;
  }

  @Override
  public void forward(int size, Mode mode) {
    int length = input.shape().size();
    float[] x = new float[length];
    float[] squares = new float[length];
    float[] scale = new float[length];
    for (int picture = 0; picture < size; picture++) {
      input.values().get(picture * length, x);
      for (int i = 0; i < length; i++) {
        squares[i] = x[i] * x[i];
      }

      windowSums(squares, scale);
      for (int i = 0; i < length; i++) {
        scale[i] = (float) layer.k() + (float) layer.alpha() * scale[i];
      }

      if (scales != null) {
        scales.buffer().put(picture * length, scale);
      }

      power(scale);
      for (int i = 0; i < length; i++) {
        x[i] *= scale[i];
      }

      output.values().put(picture * length, x);
    }
  }

  @Override
  public void backward(int size) {
    if (!input.differentiable()) {
      return;
    }

    int length = input.shape().size();
    float[] x = new float[length];
    float[] y = new float[length];
    float[] scale = new float[length];
    float[] gradient = new float[length];
    float[] sums = new float[length];
    float factor = (float) (-2 * layer.alpha() * layer.beta());
    for (int picture = 0; picture < size; picture++) {
      input.values().get(picture * length, x);
      output.values().get(picture * length, y);
      output.gradient().get(picture * length, gradient);
      scales.buffer().get(picture * length, scale);
      for (int i = 0; i < length; i++) {
        y[i] = gradient[i] * y[i] / scale[i];
      }

      windowSums(y, sums);
      power(scale);
      for (int i = 0; i < length; i++) {
        gradient[i] = gradient[i] * scale[i] + factor * x[i] * sums[i];
      }

      input.gradient().put(picture * length, gradient);
    }
  }

  /** Sums over the window of channels around each channel, in order of channel. */
  private void windowSums(float[] values, float[] sums) {
    int channels = input.shape().channels();
    int area = values.length / channels;
    int half = layer.size() / 2;
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

  /** Each scale to the power of -beta. */
  private void power(float[] scale) {
    if (layer.beta() == 0.75) {
      for (int i = 0; i < scale.length; i++) {
        double root = Math.sqrt(scale[i]);
        scale[i] = (float) (1 / (root * Math.sqrt(root)));
      }

      return;
    }

    for (int i = 0; i < scale.length; i++) {
      scale[i] = (float) StrictMath.pow(scale[i], -layer.beta());
    }
  }

  @Override
  public void close() {
    if (scales != null) {
      scales.close();
    }
  }
}
