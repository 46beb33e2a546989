package convoy.zoo.loops;

import convoy.zoo.graph.Subsampling;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** LeNet-5's trainable subsampling: coefficient * sum of a window + bias, then the activation. */
public final class SubsamplingStep implements Step {
  private final Subsampling layer;
  private final PlainTensor input;
  private final PlainTensor output;
  private final FloatBuffer coefficients;
  private final FloatBuffer biases;
  private final FloatBuffer coefficientsGradient;
  private final FloatBuffer biasesGradient;

  public SubsamplingStep(
      Subsampling layer,
      PlainTensor input,
      PlainTensor output,
      ChannelValues weight,
      ChannelValues bias) {
    this.layer = layer;
    this.input = input;
    this.output = output;
    this.coefficients = weight.values();
    this.biases = bias.values();
    this.coefficientsGradient = weight.gradient();
    this.biasesGradient = bias.gradient();
  }

  @Override
  public void forward(int size, Mode mode) {
    int channels = input.shape().channels();
    float[] plane = new float[input.shape().size() / channels];
    float[] sums = new float[output.shape().size() / channels];
    for (int i = 0; i < size * channels; i++) {
      float coefficient = coefficients.get(i % channels);
      float bias = biases.get(i % channels);
      input.values().get(i * plane.length, plane);
      sums(plane, sums);
      for (int at = 0; at < sums.length; at++) {
        sums[at] = coefficient * sums[at] + bias;
      }

      output.values().put(i * sums.length, sums);
    }

    Activations.forward(layer.activation(), output.values(), size * output.shape().size());
  }

  @Override
  public void backward(int size) {
    Activations.backward(layer.activation(), output, size * output.shape().size());
    int channels = input.shape().channels();
    float[] plane = new float[input.shape().size() / channels];
    float[] sums = new float[output.shape().size() / channels];
    float[] gradient = new float[sums.length];
    double[] ofCoefficients = new double[channels];
    double[] ofBiases = new double[channels];
    for (int i = 0; i < size * channels; i++) {
      input.values().get(i * plane.length, plane);
      output.gradient().get(i * gradient.length, gradient);
      sums(plane, sums);
      for (int at = 0; at < sums.length; at++) {
        ofCoefficients[i % channels] += gradient[at] * sums[at];
        ofBiases[i % channels] += gradient[at];
      }

      if (input.differentiable()) {
        spread(gradient, coefficients.get(i % channels), plane);
        input.gradient().put(i * plane.length, plane);
      }
    }

    for (int channel = 0; channel < channels; channel++) {
      coefficientsGradient.put(channel, (float) ofCoefficients[channel]);
      biasesGradient.put(channel, (float) ofBiases[channel]);
    }
  }

  private void sums(float[] plane, float[] sums) {
    Arrays.fill(sums, 0);
    int kernel = layer.kernel();
    int width = input.shape().width();
    int outWidth = output.shape().width();
    for (int row = 0; row < output.shape().height() * kernel; row++) {
      for (int column = 0; column < outWidth * kernel; column++) {
        sums[row / kernel * outWidth + column / kernel] += plane[row * width + column];
      }
    }
  }

  private void spread(float[] gradient, float coefficient, float[] plane) {
    Arrays.fill(plane, 0);
    int kernel = layer.kernel();
    int width = input.shape().width();
    int outWidth = output.shape().width();
    for (int row = 0; row < output.shape().height() * kernel; row++) {
      for (int column = 0; column < outWidth * kernel; column++) {
        plane[row * width + column] =
            coefficient * gradient[row / kernel * outWidth + column / kernel];
      }
    }
  }
}
