package convoy.zoo.nd4j;

import convoy.zoo.loops.Step;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Joins its inputs one after another along the channels. An input that occurs twice gets the sum of
 * both parts of the gradient.
 */
final class ConcatenationStep implements Step {
  private final List<Tensor> inputs;
  private final Tensor output;

  ConcatenationStep(List<Tensor> inputs, Tensor output) {
    this.inputs = List.copyOf(inputs);
    this.output = output;
  }

  @Override
  public void forward(int size, Mode mode) {
    int whole = output.shape().size();
    int from = 0;
    for (Tensor input : inputs) {
      int length = input.shape().size();
      for (int picture = 0; picture < size; picture++) {
        output.values().put(picture * whole + from, input.values(), picture * length, length);
      }

      from += length;
    }
  }

  @Override
  public void backward(int size) {
    int whole = output.shape().size();
    int from = 0;
    for (int i = 0; i < inputs.size(); i++) {
      Tensor input = inputs.get(i);
      boolean again = inputs.indexOf(input) < i;
      int length = input.shape().size();
      for (int picture = 0; input.differentiable() && picture < size; picture++) {
        FloatBuffer into = input.gradient().slice(picture * length, length);
        FloatBuffer part = output.gradient().slice(picture * whole + from, length);
        if (again) {
          Floats.add(part, into, length);
        } else {
          into.put(0, part, 0, length);
        }
      }

      from += length;
    }
  }
}
