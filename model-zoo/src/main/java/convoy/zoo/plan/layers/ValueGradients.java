package convoy.zoo.plan.layers;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MULTIPLE_SRC;

import convoy.zoo.plan.memory.OneDnn;
import convoy.zoo.plan.memory.Operand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory_desc_vector;
import org.bytedeco.dnnl.sum;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The gradients of values that one or several layers read.
 *
 * <p>Each layer that reads a value contributes one part of its gradient for each use. The backward
 * pass runs against the order of the graph, so the part of the last reader comes first. The parts
 * are added up in that order: ((last + last but one) + ...) + first.
 *
 * <p>A part belongs to the value to which it is contributed, so the sum and the ReLU's slope may be
 * written into it. If a layer gives the same memory to several values, as an addition does, it
 * contributes the memory as shared. Then nobody writes into it, and the sum or the slope goes to
 * new memory. A layer that works in place on the gradient of its output, or hands out pieces of it,
 * asks for an owned one, which copies a shared gradient.
 */
final class ValueGradients {
  private final Assembly assembly;

  ValueGradients(Assembly assembly) {
    this.assembly = assembly;
  }

  /**
   * Adds a reader's part of the gradient of its input, in any layout. The memory then belongs to
   * the value: sums and ReLUs are written into it.
   */
  void contribute(Value value, Operand part) {
    value.contribute(inLayoutOfData(value, part), false);
  }

  /**
   * Adds a part of the gradient that other values get too, or the same value more than once, in any
   * layout. Nobody writes into it.
   */
  void contributeShared(Value value, Operand part) {
    Operand own = inLayoutOfData(value, part);
    value.contribute(own, own.region() == part.region());
  }

  private Operand inLayoutOfData(Value value, Operand part) {
    return assembly.reordered(value.name() + " gradient", part, value.data().layout());
  }

  /**
   * Returns the whole gradient of a value in the layout of its data. It is for reading only,
   * because other values may share it. All readers must have contributed before. The parts are
   * added up in the order in which they came, so the part of the last reader in the graph's order
   * is the first.
   */
  Operand of(Value value) {
    if (value.gradient() == null) {
      sum(value);
    }

    if (value.rectified()) {
      value.rectified(false);
      rectify(value);
    }

    return value.gradient();
  }

  /** Returns the whole gradient of a value in memory that the caller may overwrite. */
  Operand owned(Value value) {
    Operand gradient = of(value);
    if (value.borrowsGradient()) {
      value.ownGradient(assembly.operand(gradient.layout()));
      assembly.reorder(value.name() + " gradient", gradient, value.gradient());
    }

    return value.gradient();
  }

  private void sum(Value value) {
    List<Operand> parts = value.contributions();
    Operand first = parts.get(0);
    if (parts.size() == 1) {
      value.gradient(first);
      return;
    }

    memory_desc_vector layouts = new memory_desc_vector(parts.size());
    FloatPointer scales = new FloatPointer(parts.size());
    Map<Integer, Operand> arguments = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      scales.put(i, 1);
      layouts.put(i, parts.get(i).layout());
      arguments.put(DNNL_ARG_MULTIPLE_SRC + i, parts.get(i));
    }

    value.ownGradient(value.borrowsGradient() ? assembly.operand(first.layout()) : first);
    arguments.put(DNNL_ARG_DST, value.gradient());
    sum.primitive_desc description =
        new sum.primitive_desc(OneDnn.CPU, first.layout(), scales, layouts, OneDnn.attributes());
    assembly.call(value.name() + " gradient sum", new sum(description), description, arguments);
  }

  /**
   * Applies the ReLU's part of the backward pass, in place if the value owns its gradient. The
   * ReLU's result tells where it was open.
   */
  private void rectify(Value value) {
    dnnl.algorithm relu = dnnl.algorithm.eltwise_relu_use_dst_for_bwd;
    memory.desc layout = value.data().layout();
    eltwise_forward.primitive_desc hint =
        new eltwise_forward.primitive_desc(
            OneDnn.CPU,
            dnnl.prop_kind.forward_training,
            relu,
            layout,
            layout,
            0f,
            0f,
            OneDnn.attributes(),
            false);
    eltwise_backward.primitive_desc description =
        new eltwise_backward.primitive_desc(
            OneDnn.CPU, relu, layout, layout, layout, 0f, 0f, hint, OneDnn.attributes(), false);
    Operand before = value.gradient();
    value.ownGradient(value.borrowsGradient() ? assembly.operand(layout) : before);
    assembly.call(
        value.name() + " relu backward",
        new eltwise_backward(description),
        description,
        Assembly.arguments(
            DNNL_ARG_DST,
            value.data(),
            DNNL_ARG_DIFF_DST,
            before,
            DNNL_ARG_DIFF_SRC,
            value.gradient()));
  }
}
