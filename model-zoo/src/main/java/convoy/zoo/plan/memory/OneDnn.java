package convoy.zoo.plan.memory;

import convoy.zoo.engine.EngineException;
import convoy.zoo.natives.Nd4jRuntime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** oneDNN in this process, in the terms that Convoy uses. */
public final class OneDnn {
  /** Blocks of 16 channels, which suit compiled convolutions of many channels best. */
  public static final memory.format_tag BLOCKED = memory.format_tag.aBcd16b;

  public static final memory.format_tag CHANNELS_LAST = memory.format_tag.acdb;
  public static final memory.format_tag PLAIN = memory.format_tag.abcd;

  /** Lets the primitive choose. */
  public static final memory.format_tag ANY = memory.format_tag.any;

  public static final memory.data_type FLOAT = memory.data_type.f32;
  public static final memory.data_type BFLOAT16 = memory.data_type.bf16;

  public static final engine CPU;

  static {
    // This applies settings of JavaCPP, which must come before the first pointer.
    Nd4jRuntime.load();
    CPU = new engine(engine.kind.cpu, 0);
    // This class may be used first inside an open scope. Closing that scope must not free the
    // engine.
    CPU.retainReference();
  }

  private OneDnn() {}

  public static memory.desc layout(memory.format_tag format, long... dimensions) {
    return layout(FLOAT, format, dimensions);
  }

  public static memory.desc layout(
      memory.data_type type, memory.format_tag format, long... dimensions) {
    return new memory.desc(dimensions, type, format);
  }

  public static memory.data_type type(memory.desc layout) {
    return layout.get_data_type().intern(); // Native code does not return Java's constants.
  }

  /**
   * Returns whether a tensor may be stored in this layout: it must be float32 in an order that
   * reorders know.
   */
  public static boolean storable(memory.desc layout) {
    return type(layout) == FLOAT && layout.get_format_kind().intern() == memory.format_kind.blocked;
  }

  /** Returns whether oneDNN has compiled products of bfloat16 for this CPU. */
  public static boolean hasBfloat16() {
    return switch (dnnl.get_effective_cpu_isa().intern()) {
      case avx512_core_bf16, avx512_core_fp16, avx512_core_amx, avx512_core_amx_fp16 -> true;
      default -> false;
    };
  }

  /** Returns the layout of floats in C order, for 1, 2, 4 or 5 dimensions. */
  public static memory.desc plain(long... dimensions) {
    return plain(FLOAT, dimensions);
  }

  public static memory.desc plain(memory.data_type type, long... dimensions) {
    memory.format_tag format =
        switch (dimensions.length) {
          case 1 -> memory.format_tag.a;
          case 2 -> memory.format_tag.ab;
          case 4 -> PLAIN;
          case 5 -> memory.format_tag.abcde;
          default ->
              throw new IllegalArgumentException(dimensions.length + " dimensions have no layout");
        };
    return layout(type, format, dimensions);
  }

  /**
   * Returns the attributes of every primitive: its scratchpad lies in memory that the plan
   * provides.
   */
  public static primitive_attr attributes() {
    primitive_attr attributes = new primitive_attr();
    attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
    return attributes;
  }

  /** Returns the same attributes with a ReLU after the sums. */
  public static primitive_attr attributesWithRelu() {
    primitive_attr attributes = attributes();
    post_ops operations = new post_ops();
    operations.append_eltwise(dnnl.algorithm.eltwise_relu, 0f, 0f);
    attributes.set_post_ops(operations);
    return attributes;
  }

  /**
   * Returns whether there is an implementation and it is compiled. The others are 300 times slower.
   */
  public static boolean compiled(primitive_desc_base description) {
    return description.asBoolean() && !implementation(description).contains("ref");
  }

  /**
   * Returns whether the implementation is compiled and does not first copy the windows of the
   * picture for a product.
   */
  public static boolean direct(primitive_desc_base description) {
    return compiled(description)
        && (!implementation(description).contains("gemm")
            || implementation(description).contains("brg"));
  }

  public static String implementation(primitive_desc_base description) {
    try (BytePointer text = description.impl_info_str()) {
      return text.getString();
    }
  }

  /**
   * Returns native memory from a pointer's position on as a buffer. The caller keeps the memory
   * alive.
   *
   * @throws EngineException when the memory is larger than a buffer can be
   */
  public static ByteBuffer bytes(Pointer memory, long count) {
    Capacity.requireBuffer(count);
    long start = memory.position();
    return new BytePointer(memory)
        .position(start)
        .limit(start + count)
        .asByteBuffer()
        .order(ByteOrder.nativeOrder());
  }

  /** Throws an exception if a call has failed. */
  static void check(int status, String step) {
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException(step + ": oneDNN ends with status " + status);
    }
  }
}
