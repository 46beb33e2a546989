package convoy.zoo.loops;

import java.nio.FloatBuffer;

/** A batch normalization's running mean and variance of each channel. */
public record RunningStatistics(FloatBuffer mean, FloatBuffer variance) {
  /**
   * Moves the running statistics of a channel towards those of a minibatch.
   *
   * @param momentum the fraction of the distance that they move
   * @param measuredVariance the biased variance
   * @param count the number of values in the channel
   */
  public void move(
      int channel, double momentum, double measuredMean, double measuredVariance, long count) {
    move(mean, channel, momentum, measuredMean);
    if (count > 1) { // A single value has no unbiased variance.
      move(variance, channel, momentum, measuredVariance * ((double) count / (count - 1)));
    }
  }

  private static void move(FloatBuffer running, int channel, double momentum, double measured) {
    double old = running.get(channel);
    running.put(channel, (float) (old + momentum * (measured - old)));
  }
}
