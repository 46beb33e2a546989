package convoy.zoo.reference;

import java.util.List;

/** Joins channels one after another. */
final class ConcatenationLoops implements Computation {
  private final List<Tensor> inputs;
  private final Tensor output;

  ConcatenationLoops(List<Tensor> inputs, Tensor output) {
    this.inputs = inputs;
    this.output = output;
  }

  @Override
  public void forward() {
    for (int picture = 0; picture < output.batch(); picture++) {
      int into = picture * output.shape().size();
      for (Tensor input : inputs) {
        int length = input.shape().size();
        System.arraycopy(input.values(), picture * length, output.values(), into, length);
        into += length;
      }
    }
  }

  @Override
  public void backward() {
    for (int picture = 0; picture < output.batch(); picture++) {
      int from = picture * output.shape().size();
      for (Tensor input : inputs) {
        for (int i = 0; i < input.shape().size(); i++) {
          input.gradient()[picture * input.shape().size() + i] += output.gradient()[from++];
        }
      }
    }
  }
}
