package convoy.zoo.graph;

/** How the weights of a layer start. Biases start at the constant that the layer names. */
public sealed interface Initializer {
  /** A normal distribution with mean 0. */
  record Gaussian(double deviation) implements Initializer {}

  /** A uniform distribution in [-2.4 / fanIn, 2.4 / fanIn] (LeCun et al. 1998, appendix A). */
  record LeCunUniform() implements Initializer {}

  /** A uniform distribution with variance 2 / (fanIn + fanOut) (Glorot and Bengio 2010, eq. 16). */
  record Glorot() implements Initializer {}

  /** A normal distribution with variance 2 / fanIn (He et al. 2015, eq. 10). */
  record He() implements Initializer {}
}
