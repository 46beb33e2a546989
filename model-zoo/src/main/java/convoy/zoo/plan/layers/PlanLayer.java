package convoy.zoo.plan.layers;

/** One kind of layer: writes its lines of a plan. */
public interface PlanLayer {
  /** Writes the forward pass: reads the inputs' data and sets the output's. */
  void forward(Assembly assembly);

  /**
   * Writes the backward pass, after those of all layers behind: the gradient of the layer's own
   * tensors, and its part of the gradient of each differentiable input.
   */
  void backward(Assembly assembly);
}
