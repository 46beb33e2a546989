package convoy.zoo.loops;

/**
 * The last layer of the network or of an auxiliary classifier. Its output holds class
 * probabilities. In training, {@link #loss} replaces the gradient that other layers receive from
 * the layer after them.
 */
public interface OutputStep extends Step {
  /**
   * Returns the sum of the losses of {@code size} pictures after a forward pass. {@link #backward}
   * then gives the gradient of their mean times the head's weight.
   */
  double loss(int[] labels, int size);
}
