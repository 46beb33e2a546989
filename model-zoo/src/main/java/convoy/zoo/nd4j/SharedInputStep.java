package convoy.zoo.nd4j;

import convoy.zoo.loops.Step;
import java.nio.FloatBuffer;

/**
 * A step whose input goes to later steps too: they have written its gradient already, and this one
 * adds to it.
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
    add(others.buffer(), input.gradient(), length);
  }

  private static void add(FloatBuffer from, FloatBuffer into, int length) {
    float[] sum = new float[Floats.CHUNK];
    float[] added = new float[Floats.CHUNK];
    for (int at = 0; at < length; at += sum.length) {
      int count = Math.min(sum.length, length - at);
      into.get(at, sum, 0, count);
      from.get(at, added, 0, count);
      for (int i = 0; i < count; i++) {
        sum[i] += added[i];
      }

      into.put(at, sum, 0, count);
    }
  }

  @Override
  public void close() {
    step.close();
    others.close();
  }
}
