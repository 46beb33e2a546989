package convoy.zoo.plan.layers;

/** One layer of a network, which writes its own lines of a plan. */
public interface PlanLayer {
  /**
   * Writes the forward pass, which reads the data of the inputs and sets the data of the output.
   */
  void forward(Assembly assembly);

  /**
   * Writes the backward pass after all later layers have written theirs. It writes the gradient of
   * the layer's own tensors and contributes to the gradient of each differentiable input.
   */
  void backward(Assembly assembly);
}
