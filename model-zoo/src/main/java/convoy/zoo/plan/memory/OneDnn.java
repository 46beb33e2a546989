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

/** oneDNN in this process, and its words as Convoy uses them. */
public final class OneDnn {
  /** Blocks of 16 channels: what compiled convolutions of many channels like best. */
  public static final memory.format_tag BLOCKED = memory.format_tag.aBcd16b;

  public static final memory.format_tag CHANNELS_LAST = memory.format_tag.acdb;
  public static final memory.format_tag PLAIN = memory.format_tag.abcd;

  /** The primitive's choice. */
  public static final memory.format_tag ANY = memory.format_tag.any;

  public static final memory.data_type FLOAT = memory.data_type.f32;
  public static final memory.data_type BFLOAT16 = memory.data_type.bf16;

  public static final engine CPU;

  static {
    // Its settings of JavaCPP come before the first pointer.
    Nd4jRuntime.load();
    CPU = new engine(engine.kind.cpu, 0);
    // Whatever scope is open where this class is first used must not take it along.
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
    return layout.get_data_type().intern(); // What native code returns is no constant of Java's.
  }

  /** Whether a tensor may be stored so: floats in an order that reorders know. */
  public static boolean storable(memory.desc layout) {
    return type(layout) == FLOAT && layout.get_format_kind().intern() == memory.format_kind.blocked;
  }

  /** Whether products of bfloat16 are compiled for this CPU. */
  public static boolean hasBfloat16() {
    return switch (dnnl.get_effective_cpu_isa().intern()) {
      case avx512_core_bf16, avx512_core_fp16, avx512_core_amx, avx512_core_amx_fp16 -> true;
      default -> false;
    };
  }

  /** Floats in C order, for 1 to 5 dimensions. */
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

  /** What every primitive is made with: its scratchpad lies in memory that the plan gives it. */
  public static primitive_attr attributes() {
    primitive_attr attributes = new primitive_attr();
    attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
    return attributes;
  }

  /** The same with a ReLU behind the sums. */
  public static primitive_attr attributesWithRelu() {
    primitive_attr attributes = attributes();
    post_ops operations = new post_ops();
    operations.append_eltwise(dnnl.algorithm.eltwise_relu, 0f, 0f);
    attributes.set_post_ops(operations);
    return attributes;
  }

  /** Whether there is an implementation and it is compiled: the others are 300 times slower. */
  public static boolean compiled(primitive_desc_base description) {
    return description.asBoolean() && !implementation(description).contains("ref");
  }

  /** Whether it is also none of those that first copy the picture out for a product. */
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
   * Native memory from a pointer's position on as a buffer; the caller keeps the memory.
   *
   * @throws EngineException where there are more bytes than a buffer shows
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

  /** The first error of a call, as Java's. */
  static void check(int status, String step) {
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException(step + ": oneDNN ends with status " + status);
    }
  }
}
