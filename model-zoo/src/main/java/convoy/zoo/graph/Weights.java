package convoy.zoo.graph;

/** How a layer's weights and biases start, as an architecture file says it. */
public record Weights(Initializer initializer, double bias) {
  /** Biases start at 0. */
  public static Weights of(Initializer initializer) {
    return new Weights(initializer, 0);
  }

  /** The same weights with biases that start at {@code constant}. */
  public Weights bias(double constant) {
    return new Weights(initializer, constant);
  }
}
