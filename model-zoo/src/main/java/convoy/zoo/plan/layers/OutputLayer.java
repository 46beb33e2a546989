package convoy.zoo.plan.layers;

import convoy.zoo.loops.OutputStep;
import convoy.zoo.loops.PlainTensor;
import convoy.zoo.plan.memory.Operand;
import java.nio.FloatBuffer;
import java.util.function.BiFunction;

/**
 * The end of the network or of an auxiliary classifier. It gives probabilities and, in training, a
 * loss.
 */
public final class OutputLayer extends LoopLayer {
  private double loss;

  public OutputLayer(
      BiFunction<PlainTensor, PlainTensor, OutputStep> maker, Value input, Value output) {
    super(maker::apply, input, output);
  }

  /** Returns the sum of the losses of the last minibatch. */
  public double loss() {
    return loss;
  }

  /** Pictures that only fill the batch up have no loss, so their gradient is 0. */
  @Override
  public void backward(Assembly assembly) {
    Operand result = inputGradient(assembly);
    assembly.loop(
        output().name() + " loss",
        pass -> {
          OutputStep step = (OutputStep) step();
          loss = step.loss(pass.labels(), pass.size());
          step.backward(pass.size());
          clear(result.floats(), pass.size() * input().shape().size());
        },
        assembly.plain(input()),
        output().data(),
        result);
    assembly.gradients().contribute(input(), result);
  }

  private static void clear(FloatBuffer gradient, int from) {
    if (from < gradient.capacity()) {
      gradient.put(from, new float[gradient.capacity() - from]);
    }
  }
}
