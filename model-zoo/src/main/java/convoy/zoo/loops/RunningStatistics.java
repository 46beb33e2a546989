package convoy.zoo.loops;

import java.nio.FloatBuffer;

/** A batch normalization's running mean and variance, by channel. */
public record RunningStatistics(FloatBuffer mean, FloatBuffer variance) {
  /**
   * Moves a channel's towards those of a minibatch.
   *
   * @param momentum the part of the way
   * @param measuredVariance the biased one
   * @param count values of the channel
   */
  public void move(
      int channel, double momentum, double measuredMean, double measuredVariance, long count) {
    move(mean, channel, momentum, measuredMean);
    if (count > 1) { // One value says nothing of a variance.
      move(variance, channel, momentum, measuredVariance * ((double) count / (count - 1)));
    }
  }

  private static void move(FloatBuffer running, int channel, double momentum, double measured) {
    double old = running.get(channel);
    running.put(channel, (float) (old + momentum * (measured - old)));
  }
}
