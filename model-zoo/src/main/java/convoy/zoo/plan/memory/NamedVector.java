package convoy.zoo.plan.memory;

import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.ParameterLayout;
import java.nio.FloatBuffer;
import java.util.List;

/** A flat vector of the store as callers see it: tensors by name, in C order. */
final class NamedVector implements FlatVector {
  private final ParameterLayout layout;
  private final List<TensorCopy> tensors;
  private final Runnable written;
  private final int length;

  /**
   * @param tensors in the layout's order; for several vectors, the list repeats once for each
   * @param written runs after each write
   */
  NamedVector(ParameterLayout layout, List<TensorCopy> tensors, Runnable written) {
    this.written = written;
    this.layout = layout;
    this.tensors = tensors;
    this.length =
        Math.multiplyExact(
            layout.length(),
            layout.tensors().isEmpty() ? 0 : tensors.size() / layout.tensors().size());
  }

  @Override
  public int length() {
    return length;
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
    int count = layout.tensors().size();
    for (int i = 0; i < tensors.size(); i++) {
      ParameterLayout.Tensor place = layout.tensors().get(i % count);
      int start = i / count * layout.length() + place.offset();
      int first = Math.max(offset, start);
      int last = Math.min(end, start + place.size());
      if (first < last) {
        int from = values.position() + first - offset;
        move.between(tensors.get(i), first - start, values.slice(from, last - first));
      }
    }

    values.position(values.limit());
  }
}
