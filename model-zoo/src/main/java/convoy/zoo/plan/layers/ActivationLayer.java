package convoy.zoo.plan.layers;

import convoy.zoo.graph.Activation;
import convoy.zoo.loops.Activations;
import convoy.zoo.plan.memory.Operand;

/**
 * An activation that no primitive can include. It works in place after the layer that it wraps.
 * Every layout is possible, because the values that pad the channels stay 0.
 */
public final class ActivationLayer implements PlanLayer {
  private final Activation activation;
  private final PlanLayer layer;
  private final Value output;
  private PlanTensor tensor;

  public ActivationLayer(Activation activation, PlanLayer layer, Value output) {
    this.activation = activation;
    this.layer = layer;
    this.output = output;
  }

  @Override
  public void forward(Assembly assembly) {
    layer.forward(assembly);
    tensor = new PlanTensor(output.shape(), output.data());
    assembly.loop(
        output.name() + " activation",
        pass -> Activations.forward(activation, tensor.values(), tensor.values().capacity()),
        output.data());
  }

  @Override
  public void backward(Assembly assembly) {
    Operand gradient = assembly.gradients().owned(output);
    tensor.gradient(gradient);
    assembly.loop(
        output.name() + " activation backward",
        pass -> Activations.backward(activation, tensor, tensor.values().capacity()),
        output.data(),
        gradient);
    layer.backward(assembly);
  }
}
