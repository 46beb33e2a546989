package convoy.zoo.graph;

/** What follows the weighted sum of a layer. */
public enum Activation {
  NONE,
  RELU,
  /** 1.7159 tanh(2x/3) (LeCun et al. 1998, appendix A). */
  SCALED_TANH
}
