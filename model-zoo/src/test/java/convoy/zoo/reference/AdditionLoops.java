package convoy.zoo.reference;

import java.util.List;

/** Adds the values at the same place. */
final class AdditionLoops implements Computation {
  private final List<Tensor> inputs;
  private final Tensor output;

  AdditionLoops(List<Tensor> inputs, Tensor output) {
    this.inputs = inputs;
    this.output = output;
  }

  @Override
  public void forward() {
    for (Tensor input : inputs) {
      for (int i = 0; i < output.values().length; i++) {
        output.values()[i] += input.values()[i];
      }
    }
  }

  @Override
  public void backward() {
    for (Tensor input : inputs) {
      for (int i = 0; i < output.values().length; i++) {
        input.gradient()[i] += output.gradient()[i];
      }
    }
  }
}
