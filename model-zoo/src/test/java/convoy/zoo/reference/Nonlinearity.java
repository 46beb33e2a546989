package convoy.zoo.reference;

import convoy.zoo.graph.Activation;

/** Applies a layer's activation in place on its result. */
final class Nonlinearity implements Computation {
  private final Activation activation;
  private final Tensor output;
  private final float[] replayed;
  private final boolean[] open;

  /**
   * @param replayed the output of the layer in a float run, or null. A ReLU counts as open where
   *     this output is above 0; without it, the ReLU's own input decides.
   */
  Nonlinearity(Activation activation, Tensor output, float[] replayed) {
    this.activation = activation;
    this.output = output;
    this.replayed = replayed;
    this.open = new boolean[activation == Activation.RELU ? output.values().length : 0];
  }

  @Override
  public void forward() {
    double[] values = output.values();
    for (int i = 0; i < values.length; i++) {
      if (activation == Activation.RELU) {
        open[i] = replayed == null ? values[i] > 0 : replayed[i] > 0;
        values[i] = open[i] ? values[i] : 0;
      } else if (activation == Activation.SCALED_TANH) {
        values[i] = 1.7159 * Math.tanh(2.0 / 3 * values[i]);
      }
    }
  }

  /** Turns the gradient of the result into the gradient of the sum. */
  @Override
  public void backward() {
    double[] gradient = output.gradient();
    for (int i = 0; i < gradient.length; i++) {
      if (activation == Activation.RELU) {
        gradient[i] = open[i] ? gradient[i] : 0;
      } else if (activation == Activation.SCALED_TANH) {
        double y = output.values()[i];
        gradient[i] *= 2.0 / 3 * (1.7159 - y * y / 1.7159);
      }
    }
  }
}
