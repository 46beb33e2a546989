package convoy.zoo.nd4j;

import convoy.zoo.graph.Activation;
import convoy.zoo.loops.Activations;
import convoy.zoo.loops.Step;
import java.util.List;

/**
 * Adds its inputs in their order and applies the activation. In the backward pass each input gets a
 * copy of the sum's gradient; an input that is added twice gets it twice.
 */
final class AdditionStep implements Step {
  private final Activation activation;
  private final List<Tensor> inputs;
  private final Tensor output;

  AdditionStep(Activation activation, List<Tensor> inputs, Tensor output) {
    this.activation = activation;
    this.inputs = List.copyOf(inputs);
    this.output = output;
  }

  @Override
  public void forward(int size, Mode mode) {
    int length = size * output.shape().size();
    output.values().put(0, inputs.get(0).values(), 0, length);
    inputs.stream().skip(1).forEach(input -> Floats.add(input.values(), output.values(), length));
    Activations.forward(activation, output.values(), length);
  }

  @Override
  public void backward(int size) {
    int length = size * output.shape().size();
    Activations.backward(activation, output, length);
    for (int i = 0; i < inputs.size(); i++) {
      Tensor input = inputs.get(i);
      if (!input.differentiable()) {
        continue;
      }

      if (inputs.indexOf(input) < i) {
        Floats.add(output.gradient(), input.gradient(), length);
      } else {
        input.gradient().put(0, output.gradient(), 0, length);
      }
    }
  }
}
