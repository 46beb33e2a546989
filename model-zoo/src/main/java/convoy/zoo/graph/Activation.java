package convoy.zoo.graph;

/** The function that a layer applies to its weighted sum. */
public enum Activation {
  NONE,
  RELU,
  /** This is 1.7159 tanh(2x/3) (LeCun et al. 1998, appendix A). */
  SCALED_TANH
}
