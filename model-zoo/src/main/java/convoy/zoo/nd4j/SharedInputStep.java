package convoy.zoo.nd4j;

import convoy.zoo.loops.Step;

/**
 * A step whose input goes to later steps too. The input's tensor owns the one gradient that all its
 * readers share. The last reader in the graph's order comes first in the backward pass and
 * overwrites it; each reader before it adds its own part: ((last + last but one) + ...) + first. A
 * step that reads one input several times adds up its own parts first, in the inputs' order.
 */
final class SharedInputStep implements Step {
  private final Step step;
  private final Tensor input;
  private final Floats others;

  SharedInputStep(Step step, Tensor input, int batch) {
    this.step = step;
    this.input = input;
    this.others = Floats.zeros(batch * input.shape().size());
  }

  @Override
  public void forward(int size, Mode mode) {
    step.forward(size, mode);
  }

  @Override
  public void backward(int size) {
    int length = size * input.shape().size();
    others.buffer().put(0, input.gradient(), 0, length);
    step.backward(size);
    Floats.add(others.buffer(), input.gradient(), length);
  }

  @Override
  public void close() {
    step.close();
    others.close();
  }
}
