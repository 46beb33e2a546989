package convoy.zoo.loops;

import convoy.zoo.graph.BatchNormalization;
import java.nio.FloatBuffer;

/**
 * Batch normalization in plain loops, one channel after another, with sums in double. In training
 * it uses the mean and variance of the minibatch and moves the running ones. In inference, and
 * always in a frozen layer, it uses the running ones and leaves them unchanged.
 */
public final class BatchNormalizationStep implements Step {
  private final BatchNormalization layer;
  private final PlainTensor input;
  private final PlainTensor output;
  private final boolean frozen;
  private final int channels;
  private final int area;
  private final FloatBuffer scale;
  private final FloatBuffer shift;
  private final RunningStatistics running;
  private final FloatBuffer scaleGradient;
  private final FloatBuffer shiftGradient;
  // The mean of each channel in the last forward pass in training, which the backward pass needs.
  private final double[] means;
  private final double[] inverseDeviations;

  /**
   * @param frozen whether training leaves the layer unchanged
   */
  public BatchNormalizationStep(
      BatchNormalization layer,
      PlainTensor input,
      PlainTensor output,
      ChannelValues weight,
      ChannelValues bias,
      RunningStatistics running,
      boolean frozen) {
    this.layer = layer;
    this.input = input;
    this.output = output;
    this.frozen = frozen;
    this.channels = input.shape().channels();
    this.area = input.shape().size() / channels;
    this.scale = weight.values();
    this.shift = bias.values();
    this.running = running;
    this.scaleGradient = weight.gradient();
    this.shiftGradient = bias.gradient();
    this.means = new double[channels];
    this.inverseDeviations = new double[channels];
  }

  @Override
  public void forward(int size, Mode mode) {
    float[] plane = new float[area];
    for (int channel = 0; channel < channels; channel++) {
      if (mode.training() && !frozen) {
        measure(channel, size, plane);
      } else {
        means[channel] = running.mean().get(channel);
        inverseDeviations[channel] =
            1 / Math.sqrt(running.variance().get(channel) + layer.epsilon());
      }

      float factor = (float) (scale.get(channel) * inverseDeviations[channel]);
      float mean = (float) means[channel];
      float added = shift.get(channel);
      for (int picture = 0; picture < size; picture++) {
        int at = (picture * channels + channel) * area;
        input.values().get(at, plane);
        for (int i = 0; i < area; i++) {
          plane[i] = factor * (plane[i] - mean) + added;
        }

        output.values().put(at, plane);
      }
    }

    Activations.forward(layer.activation(), output.values(), size * output.shape().size());
  }

  /**
   * Computes the minibatch's mean and variance of a channel. It takes two passes, because a single
   * pass would lose digits in the difference of large sums.
   */
  private void measure(int channel, int size, float[] plane) {
    long count = (long) size * area;
    double sum = 0;
    for (int picture = 0; picture < size; picture++) {
      input.values().get((picture * channels + channel) * area, plane);
      for (float value : plane) {
        sum += value;
      }
    }

    double mean = sum / count;
    double squares = 0;
    for (int picture = 0; picture < size; picture++) {
      input.values().get((picture * channels + channel) * area, plane);
      for (float value : plane) {
        squares += (value - mean) * (value - mean);
      }
    }

    means[channel] = mean;
    double variance = squares / count;
    inverseDeviations[channel] = 1 / Math.sqrt(variance + layer.epsilon());
    running.move(channel, layer.momentum(), mean, variance, count);
  }

  @Override
  public void backward(int size) {
    Activations.backward(layer.activation(), output, size * output.shape().size());
    float[] x = new float[area];
    float[] gradient = new float[area];
    for (int channel = 0; channel < channels; channel++) {
      double mean = means[channel];
      double inverse = inverseDeviations[channel];
      double sum = 0;
      double along = 0; // This is the part of the gradient along the normalized values.
      for (int picture = 0; picture < size; picture++) {
        int at = (picture * channels + channel) * area;
        input.values().get(at, x);
        output.gradient().get(at, gradient);
        for (int i = 0; i < area; i++) {
          sum += gradient[i];
          along += gradient[i] * ((x[i] - mean) * inverse);
        }
      }

      scaleGradient.put(channel, (float) along);
      shiftGradient.put(channel, (float) sum);
      if (input.differentiable()) {
        inputGradient(channel, size, sum, along);
      }
    }
  }

  /**
   * Computes the gradient of the input (section 3 of the paper). It removes the parts of the
   * output's gradient that would only move the mean or the variance.
   */
  private void inputGradient(int channel, int size, double sum, double along) {
    long count = (long) size * area;
    double inverse = inverseDeviations[channel];
    float mean = (float) means[channel];
    float factor = (float) (scale.get(channel) * inverse);
    float constant = (float) (sum / count);
    float slope = (float) (along / count * inverse);
    float[] x = new float[area];
    float[] gradient = new float[area];
    for (int picture = 0; picture < size; picture++) {
      int at = (picture * channels + channel) * area;
      input.values().get(at, x);
      output.gradient().get(at, gradient);
      for (int i = 0; i < area; i++) {
        gradient[i] = factor * (gradient[i] - constant - slope * (x[i] - mean));
      }

      input.gradient().put(at, gradient);
    }
  }
}
