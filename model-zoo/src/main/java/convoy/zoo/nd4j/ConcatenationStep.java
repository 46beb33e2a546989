package convoy.zoo.nd4j;

import convoy.zoo.loops.Step;
import java.util.List;

/** Its inputs one after another along the channels. */
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
    for (Tensor input : inputs) {
      int length = input.shape().size();
      for (int picture = 0; input.differentiable() && picture < size; picture++) {
        input.gradient().put(picture * length, output.gradient(), picture * whole + from, length);
      }

      from += length;
    }
  }
}
