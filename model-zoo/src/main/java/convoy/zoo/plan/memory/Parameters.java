package convoy.zoo.plan.memory;

import org.bytedeco.dnnl.memory;

/** The tensors with which a plan computes. Each keeps one layout as long as the network lives. */
public interface Parameters {
  /**
   * Returns the tensor of this name. The first caller decides the layout, and later callers get the
   * tensor in that layout.
   *
   * @param wanted a layout of {@code dimensions}
   */
  Stored tensor(String name, memory.desc wanted, long... dimensions);

  /** Returns the tensor that an earlier caller has placed, or null. */
  Stored known(String name);

  /**
   * Returns the values of a placed tensor in a different layout or type, as they were at the last
   * refresh.
   */
  Operand converted(String name, memory.desc layout);

  /** Converts again what has changed. It must be called before a plan runs. */
  void refresh();

  /**
   * A tensor in its place.
   *
   * @param dimensions the shape in C order
   * @param gradient null in inference
   */
  @SuppressWarnings("ArrayRecordComponent") // It is never compared.
  record Stored(String name, long[] dimensions, Operand values, Operand gradient) {
    long length() {
      return values.layout().get_size() / Float.BYTES;
    }
  }
}
