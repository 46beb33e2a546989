package convoy.zoo.nd4j;

import convoy.zoo.loops.Step;

/**
 * Wraps a step whose input also goes to other steps. The input's tensor owns one gradient that all
 * of its readers share. In the backward pass the last reader in the graph's order comes first and
 * overwrites this gradient. Each earlier reader then adds its own part: ((last + last but one) +
 * ...) + first. A step that reads one input several times first adds up its own parts in the order
 * of its inputs.
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
