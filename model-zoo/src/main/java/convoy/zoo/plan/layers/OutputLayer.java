package convoy.zoo.plan.layers;

import convoy.zoo.loops.OutputStep;
import convoy.zoo.loops.PlainTensor;
import convoy.zoo.plan.memory.Operand;
import java.nio.FloatBuffer;
import java.util.function.BiFunction;

/** The end of the network or of an auxiliary classifier: probabilities and, in training, a loss. */
public final class OutputLayer extends LoopLayer {
  private double loss;

  public OutputLayer(
      BiFunction<PlainTensor, PlainTensor, OutputStep> maker, Value input, Value output) {
    super(maker::apply, input, output);
  }

  /** The sum of the last minibatch's losses. */
  public double loss() {
    return loss;
  }

  /** The pictures that fill the batch up have no loss: their gradient is 0. */
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
    assembly.contribute(input(), result);
  }

  private static void clear(FloatBuffer gradient, int from) {
    if (from < gradient.capacity()) {
      gradient.put(from, new float[gradient.capacity() - from]);
    }
  }
}
