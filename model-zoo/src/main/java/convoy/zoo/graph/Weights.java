package convoy.zoo.graph;

/**
 * How an architecture says that the weights and biases of a layer start.
 *
 * @param bias start value of each bias
 * @param hasBias whether the layer has biases at all
 */
public record Weights(Initializer initializer, double bias, boolean hasBias) {
  public Weights {
    if (!hasBias && bias != 0) {
      throw new IllegalArgumentException(
          "a layer without biases has no start value of " + bias + " for them");
    }
  }

  public Weights(Initializer initializer, double bias) {
    this(initializer, bias, true);
  }

  /** Returns weights whose biases start at 0. */
  public static Weights of(Initializer initializer) {
    return new Weights(initializer, 0);
  }

  /** Returns the same weights with biases that start at {@code constant}. */
  public Weights bias(double constant) {
    return new Weights(initializer, constant, hasBias);
  }

  /**
   * Returns the same weights for a layer without biases, as is usual before a batch normalization.
   */
  public Weights withoutBias() {
    return new Weights(initializer, 0, false);
  }
}
