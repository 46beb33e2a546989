package convoy.zoo.plan.memory;

import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.ParameterLayout;
import java.nio.FloatBuffer;
import java.util.List;

/** A flat vector of the store as callers see it: tensors by name, in C order. */
final class NamedVector implements FlatVector {
  private final List<TensorCopy> tensors;
  private final Runnable written;

  /** The place of each tensor; the last element is the length of the whole. */
  private final int[] starts;

  /**
   * @param tensors in the layout's order; for several vectors, the list repeats once for each
   * @param written runs after each write
   */
  NamedVector(ParameterLayout layout, List<TensorCopy> tensors, Runnable written) {
    this.written = written;
    this.tensors = tensors;
    this.starts = new int[tensors.size() + 1];
    for (int i = 0; i < tensors.size(); i++) {
      int size = layout.tensors().get(i % layout.tensors().size()).size();
      starts[i + 1] = Math.addExact(starts[i], size);
    }
  }

  @Override
  public int length() {
    return starts[tensors.size()];
  }

  @Override
  public void read(int offset, FloatBuffer into) {
    each(offset, into, TensorCopy::read);
  }

  @Override
  public void write(int offset, FloatBuffer from) {
    each(offset, from, TensorCopy::write);
    written.run();
  }

  /** Moves the values of one tensor that start at {@code at} between the tensor and a buffer. */
  private interface Move {
    void between(TensorCopy tensor, int at, FloatBuffer values);
  }

  private void each(int offset, FloatBuffer values, Move move) {
    int end = offset + values.remaining();
    for (int i = 0; i < tensors.size(); i++) {
      int first = Math.max(offset, starts[i]);
      int last = Math.min(end, starts[i + 1]);
      if (first < last) {
        int from = values.position() + first - offset;
        move.between(tensors.get(i), first - starts[i], values.slice(from, last - first));
      }
    }

    values.position(values.limit());
  }
}
