package convoy.zoo.reference;

import convoy.zoo.graph.LocalResponseNormalization;

/** Computes x / (k + alpha * sum of squares over neighbouring channels)^beta. */
final class LocalResponseNormalizationLoops implements Computation {
  private final LocalResponseNormalization layer;
  private final Tensor input;
  private final Tensor output;
  private final double[] scales;

  LocalResponseNormalizationLoops(LocalResponseNormalization layer, Tensor input, Tensor output) {
    this.layer = layer;
    this.input = input;
    this.output = output;
    this.scales = new double[input.values().length];
  }

  @Override
  public void forward() {
    double[] x = input.values();
    for (int i = 0; i < x.length; i++) {
      double sum = 0;
      for (int other = first(i); other <= last(i); other += input.area()) {
        sum += x[other] * x[other];
      }

      scales[i] = layer.k() + layer.alpha() * sum;
      output.values()[i] = x[i] / Math.pow(scales[i], layer.beta());
    }
  }

  /** A value counts in its own result and in the scale of each neighbour. */
  @Override
  public void backward() {
    double[] gradient = output.gradient();
    for (int i = 0; i < gradient.length; i++) {
      double sum = 0;
      for (int other = first(i); other <= last(i); other += input.area()) {
        sum += gradient[other] * output.values()[other] / scales[other];
      }

      input.gradient()[i] +=
          gradient[i] / Math.pow(scales[i], layer.beta())
              - 2 * layer.alpha() * layer.beta() * input.values()[i] * sum;
    }
  }

  private int first(int at) {
    int channel = at / input.area() % input.shape().channels();
    return at - Math.min(channel, layer.size() / 2) * input.area();
  }

  private int last(int at) {
    int channel = at / input.area() % input.shape().channels();
    int behind = input.shape().channels() - 1 - channel;
    return at + Math.min(behind, layer.size() / 2) * input.area();
  }
}
