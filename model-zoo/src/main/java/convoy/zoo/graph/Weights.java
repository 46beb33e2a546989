package convoy.zoo.graph;

/**
 * How a layer's weights and biases start, as an architecture file says it.
 *
 * @param bias start value of each bias
 * @param hasBias whether the layer has biases at all
 */
public record Weights(Initializer initializer, double bias, boolean hasBias) {
  public Weights(Initializer initializer, double bias) {
    this(initializer, bias, true);
  }

  /** Biases start at 0. */
  public static Weights of(Initializer initializer) {
    return new Weights(initializer, 0);
  }

  /** The same weights with biases that start at {@code constant}. */
  public Weights bias(double constant) {
    return new Weights(initializer, constant);
  }

  /** The same weights in a layer without biases, as usual before a batch normalization. */
  public Weights withoutBias() {
    return new Weights(initializer, 0, false);
  }
}
