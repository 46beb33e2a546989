package convoy.zoo.plan.layers;

import convoy.zoo.graph.Parameter;
import convoy.zoo.loops.RunningStatistics;
import convoy.zoo.plan.memory.OneDnn;
import convoy.zoo.plan.memory.Parameters;
import java.nio.FloatBuffer;

/**
 * The values that a batch normalization has for each channel. No optimizer changes the running
 * ones.
 */
public record BatchNormalizationTensors(
    Parameters.Stored scale,
    Parameters.Stored shift,
    Parameters.Stored mean,
    Parameters.Stored variance) {

  public static BatchNormalizationTensors of(Value layer, Parameters parameters) {
    return new BatchNormalizationTensors(
        stored(layer, Parameter.weight(layer.name()), parameters),
        stored(layer, Parameter.bias(layer.name()), parameters),
        stored(layer, Parameter.runningMean(layer.name()), parameters),
        stored(layer, Parameter.runningVariance(layer.name()), parameters));
  }

  private static Parameters.Stored stored(Value layer, String tensor, Parameters parameters) {
    int channels = layer.shape().channels();
    return parameters.tensor(tensor, OneDnn.plain(channels), channels);
  }

  /**
   * Moves the running statistics towards those of a minibatch, whose variance is the biased one.
   *
   * @param count the number of values in a channel
   */
  void move(double momentum, FloatBuffer means, FloatBuffer variances, long count) {
    RunningStatistics running = running();
    for (int channel = 0; channel < running.mean().capacity(); channel++) {
      running.move(channel, momentum, means.get(channel), variances.get(channel), count);
    }
  }

  public RunningStatistics running() {
    return new RunningStatistics(mean.values().floats(), variance.values().floats());
  }
}
