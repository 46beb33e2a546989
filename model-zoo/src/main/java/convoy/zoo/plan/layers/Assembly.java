package convoy.zoo.plan.layers;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;

import convoy.zoo.plan.memory.Instruction;
import convoy.zoo.plan.memory.MemoryRegion;
import convoy.zoo.plan.memory.OneDnn;
import convoy.zoo.plan.memory.Operand;
import convoy.zoo.plan.memory.Parameters;
import convoy.zoo.plan.memory.PrimitiveCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.reorder;

/**
 * Collects what layers write for a plan: working memory, and calls in their order. All calls of the
 * forward pass come first, then those of the backward pass.
 */
public final class Assembly {
  private final int batch;
  private final boolean training;
  private final memory.data_type type;
  private final List<memory.format_tag> formats;
  private final Parameters parameters;
  private final dnnl_stream stream;
  private final List<Instruction> instructions = new ArrayList<>();
  private final List<MemoryRegion> regions = new ArrayList<>();
  private final List<Operand> operands = new ArrayList<>();
  private final ValueGradients gradients = new ValueGradients(this);

  /**
   * @param type of the values that convolutions and products read
   * @param formats layouts of planes to try, most promising first
   */
  public Assembly(
      int batch,
      boolean training,
      memory.data_type type,
      List<memory.format_tag> formats,
      Parameters parameters,
      dnnl_stream stream) {
    this.batch = batch;
    this.training = training;
    this.type = type;
    this.formats = formats;
    this.parameters = parameters;
    this.stream = stream;
  }

  int batch() {
    return batch;
  }

  public boolean training() {
    return training;
  }

  /** Returns the type of the values that convolutions and products read. */
  public memory.data_type type() {
    return type;
  }

  dnnl.prop_kind propagation() {
    return training ? dnnl.prop_kind.forward_training : dnnl.prop_kind.forward_inference;
  }

  /** Returns the layouts of planes to try, most promising first. */
  List<memory.format_tag> formats() {
    return formats;
  }

  public Parameters parameters() {
    return parameters;
  }

  ValueGradients gradients() {
    return gradients;
  }

  /** Returns all lines written so far. */
  public List<Instruction> instructions() {
    return instructions;
  }

  public List<MemoryRegion> regions() {
    return regions;
  }

  public List<Operand> operands() {
    return operands;
  }

  /** Returns [batch, channels, height, width] of a value. */
  public long[] dimensions(Value value) {
    return new long[] {
      batch, value.shape().channels(), value.shape().height(), value.shape().width()
    };
  }

  /** Returns working memory with this layout. */
  public Operand operand(memory.desc layout) {
    MemoryRegion region = new MemoryRegion(layout.get_size());
    regions.add(region);
    return placed(layout, region);
  }

  /** Returns the same memory with a different layout. */
  Operand view(memory.desc layout, Operand of) {
    return placed(layout, of.region());
  }

  private Operand placed(memory.desc layout, MemoryRegion region) {
    Operand operand = new Operand(layout, region);
    operands.add(operand);
    return operand;
  }

  // --- Calls ------------------------------------------------------------------------------------

  /** Collects the operands of a primitive, by oneDNN's names. */
  static Map<Integer, Operand> arguments(Object... pairs) {
    Map<Integer, Operand> arguments = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      arguments.put((Integer) pairs[i], (Operand) pairs[i + 1]);
    }

    return arguments;
  }

  /** Adds a primitive as the next line of the plan. */
  void call(
      String name,
      primitive computation,
      primitive_desc_base description,
      Map<Integer, Operand> arguments) {
    if (!OneDnn.compiled(description)) {
      throw new IllegalStateException(
          "%s: oneDNN has only its reference code for it, hundreds of times slower (%s)"
              .formatted(name, OneDnn.implementation(description)));
    }

    Map<Integer, Operand> all = new LinkedHashMap<>(arguments);
    memory.desc scratchpad = description.scratchpad_desc();
    if (scratchpad.get_size() > 0) {
      all.put(DNNL_ARG_SCRATCHPAD, operand(scratchpad));
    }

    String text = name + " [" + OneDnn.implementation(description) + "]";
    add(new PrimitiveCall(text, computation, stream, all), List.copyOf(all.values()));
  }

  /** Adds Java code that touches these operands as the next line of the plan. */
  void loop(String name, Consumer<Instruction.Pass> work, Operand... touched) {
    add(new LoopCall(name + " [java]", work), List.of(touched));
  }

  private void add(Instruction instruction, List<Operand> touched) {
    for (Operand operand : touched) {
      if (operand.region() != null) {
        operand.region().touch(instructions.size());
      }
    }

    instructions.add(instruction);
  }

  /**
   * Returns the values of an operand in this layout. This is the operand itself if it has the
   * layout already.
   */
  Operand reordered(String name, Operand from, memory.desc layout) {
    if (from.hasLayout(layout)) {
      // Layouts count as equal even if their strides along a dimension of size 1 differ, but
      // primitives need the exact strides.
      return from.region() == null ? from : view(layout, from);
    }

    Operand to = operand(layout);
    reorder(name, from, to);
    return to;
  }

  void reorder(String name, Operand from, Operand to) {
    reorder.primitive_desc description =
        new reorder.primitive_desc(
            OneDnn.CPU, from.layout(), OneDnn.CPU, to.layout(), OneDnn.attributes(), false);
    call(
        name + " reorder",
        new reorder(description),
        description,
        arguments(DNNL_ARG_FROM, from, DNNL_ARG_TO, to));
  }

  // --- Values -----------------------------------------------------------------------------------

  /**
   * Returns the data of a value in C order, [batch, channels, height, width], in the type of
   * products.
   */
  Operand typed(Value value) {
    return type == OneDnn.FLOAT
        ? plain(value)
        : reordered(value.name(), value.data(), OneDnn.plain(type, dimensions(value)));
  }

  /** Returns the data of a value as floats in C order, [batch, channels, height, width]. */
  Operand plain(Value value) {
    if (value.plain() == null) {
      value.plain(reordered(value.name(), value.data(), OneDnn.plain(dimensions(value))));
    }

    return value.plain();
  }
}
