package convoy.zoo.loops;

/**
 * The last layer of the network or of an auxiliary classifier: its output holds class
 * probabilities. In training {@link #loss} takes the place of a gradient from behind.
 */
public interface OutputStep extends Step {
  /**
   * Sum of the losses of {@code size} pictures after a forward pass; {@link #backward} then gives
   * the gradient of their mean times the head's weight.
   */
  double loss(int[] labels, int size);
}
