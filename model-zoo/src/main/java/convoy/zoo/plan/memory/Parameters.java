package convoy.zoo.plan.memory;

import org.bytedeco.dnnl.memory;

/** The tensors that a plan computes with, each in one layout for as long as the network lives. */
public interface Parameters {
  /**
   * The tensor of this name; the first caller decides the layout, the others take what is there.
   *
   * @param wanted a layout of {@code dimensions}
   */
  Stored tensor(String name, memory.desc wanted, long... dimensions);

  /** The tensor that an earlier caller has placed, else null. */
  Stored known(String name);

  /**
   * The values of a placed tensor in another layout or type, as they are since the last refresh.
   */
  Operand converted(String name, memory.desc layout);

  /** Before a run of a plan: converts anew what has changed since. */
  void refresh();

  /**
   * A tensor in its place.
   *
   * @param dimensions in C order the shape by its name
   * @param gradient null in inference
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Stored(String name, long[] dimensions, Operand values, Operand gradient) {
    long length() {
      return values.layout().get_size() / Float.BYTES;
    }
  }
}
