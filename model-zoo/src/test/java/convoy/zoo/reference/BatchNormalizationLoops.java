package convoy.zoo.reference;

import convoy.zoo.graph.BatchNormalization;

/**
 * Computes scale * (x - mean) / sqrt(variance + epsilon) + shift with the minibatch's or the
 * running statistics.
 */
final class BatchNormalizationLoops implements Computation {
  private final BatchNormalization layer;
  private final boolean ofMinibatch;
  private final Tensor input;
  private final Tensor output;
  private final Tensors tensors;
  private final double[] deviations;
  private final double[] normalized;
  private final double[] movedMean;
  private final double[] movedVariance;

  record Tensors(Values scale, Values shift, Values mean, Values variance) {}

  BatchNormalizationLoops(
      BatchNormalization layer, boolean ofMinibatch, Tensor input, Tensor output, Tensors tensors) {
    this.layer = layer;
    this.ofMinibatch = ofMinibatch;
    this.input = input;
    this.output = output;
    this.tensors = tensors;
    this.deviations = new double[input.shape().channels()];
    this.normalized = new double[input.values().length];
    this.movedMean = new double[deviations.length];
    this.movedVariance = new double[deviations.length];
  }

  double[] movedMean() {
    return movedMean;
  }

  double[] movedVariance() {
    return movedVariance;
  }

  private int count() {
    return input.batch() * input.area();
  }

  /** Returns the i-th place of a channel, counted over all pictures. */
  private int at(int channel, int i) {
    return input.plane(i / input.area(), channel) + i % input.area();
  }

  @Override
  public void forward() {
    for (int c = 0; c < deviations.length; c++) {
      double mean = tensors.mean().of(c);
      double variance = tensors.variance().of(c);
      movedMean[c] = mean;
      movedVariance[c] = variance;
      if (ofMinibatch) {
        double measured = 0;
        double squares = 0;
        for (int i = 0; i < count(); i++) {
          measured += input.values()[at(c, i)] / count();
        }

        for (int i = 0; i < count(); i++) {
          squares += Math.pow(input.values()[at(c, i)] - measured, 2);
        }

        movedMean[c] += layer.momentum() * (measured - mean);
        movedVariance[c] += layer.momentum() * (squares / (count() - 1) - variance);
        mean = measured;
        variance = squares / count();
      }

      deviations[c] = Math.sqrt(variance + layer.epsilon());
      for (int i = 0; i < count(); i++) {
        int at = at(c, i);
        normalized[at] = (input.values()[at] - mean) / deviations[c];
        output.values()[at] = normalized[at] * tensors.scale().of(c) + tensors.shift().of(c);
      }
    }
  }

  /**
   * The mean and variance of the minibatch depend on every value (Ioffe and Szegedy, section 3).
   */
  @Override
  public void backward() {
    for (int c = 0; c < deviations.length; c++) {
      double sum = 0;
      double product = 0;
      for (int i = 0; i < count(); i++) {
        sum += output.gradient()[at(c, i)];
        product += output.gradient()[at(c, i)] * normalized[at(c, i)];
      }

      tensors.shift().learn(c, sum);
      tensors.scale().learn(c, product);
      for (int i = 0; i < count(); i++) {
        int at = at(c, i);
        double own = output.gradient()[at];
        if (ofMinibatch) {
          own -= (sum + normalized[at] * product) / count();
        }

        input.gradient()[at] += own * tensors.scale().of(c) / deviations[c];
      }
    }
  }
}
