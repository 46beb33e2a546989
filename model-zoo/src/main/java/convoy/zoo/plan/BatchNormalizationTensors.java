package convoy.zoo.plan;

import java.nio.FloatBuffer;

/**
 * What a batch normalization has for each channel. The running ones are no optimizer's business.
 */
record BatchNormalizationTensors(
    Parameters.Stored scale,
    Parameters.Stored shift,
    Parameters.Stored mean,
    Parameters.Stored variance) {

  static BatchNormalizationTensors of(Value layer, Parameters parameters) {
    return new BatchNormalizationTensors(
        stored(layer, "weight", parameters),
        stored(layer, "bias", parameters),
        stored(layer, "running_mean", parameters),
        stored(layer, "running_var", parameters));
  }

  private static Parameters.Stored stored(Value layer, String tensor, Parameters parameters) {
    int channels = layer.shape().channels();
    return parameters.tensor(layer.name() + "." + tensor, OneDnn.plain(channels), channels);
  }

  /**
   * Moves the running statistics towards a minibatch's, whose variance is the biased one.
   *
   * @param count values of a channel
   */
  void move(double momentum, FloatBuffer means, FloatBuffer variances, long count) {
    FloatBuffer runningMean = mean.values().floats();
    FloatBuffer runningVariance = variance.values().floats();
    for (int channel = 0; channel < runningMean.capacity(); channel++) {
      move(runningMean, channel, momentum, means.get(channel));
      if (count > 1) { // One value says nothing of a variance.
        double unbiased = variances.get(channel) * ((double) count / (count - 1));
        move(runningVariance, channel, momentum, unbiased);
      }
    }
  }

  private static void move(FloatBuffer running, int channel, double momentum, double measured) {
    double old = running.get(channel);
    running.put(channel, (float) (old + momentum * (measured - old)));
  }
}
