package convoy.zoo.plan.layers;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import convoy.zoo.graph.Pooling;
import convoy.zoo.plan.memory.OneDnn;
import convoy.zoo.plan.memory.Operand;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;

/** Max or average pooling. The average does not count padding in its divisor. */
public final class PoolingLayer implements PlanLayer {
  private final Pooling layer;
  private final Value input;
  private final Value output;
  private final dnnl.algorithm operation;
  private Operand source;
  private Operand places;
  private pooling_forward.primitive_desc chosen;

  public PoolingLayer(Pooling layer, Value input, Value output) {
    this.layer = layer;
    this.input = input;
    this.output = output;
    this.operation =
        layer.mode() == Pooling.Mode.MAX
            ? dnnl.algorithm.pooling_max
            : dnnl.algorithm.pooling_avg_exclude_padding;
  }

  @Override
  public void forward(Assembly assembly) {
    choose(assembly);
    source = assembly.reordered(output.name() + " input", input.data(), chosen.src_desc());
    output.data(assembly.operand(chosen.dst_desc()));
    Map<Integer, Operand> arguments =
        Assembly.arguments(DNNL_ARG_SRC, source, DNNL_ARG_DST, output.data());
    if (assembly.training() && layer.mode() == Pooling.Mode.MAX) {
      places = assembly.operand(chosen.workspace_desc());
      arguments.put(DNNL_ARG_WORKSPACE, places);
    }

    assembly.call(output.name(), new pooling_forward(chosen), chosen, arguments);
  }

  private void choose(Assembly assembly) {
    chosen = forward(assembly, input.data().layout());
    if (!OneDnn.compiled(chosen)) {
      for (memory.format_tag format : assembly.formats()) {
        chosen = forward(assembly, OneDnn.layout(type(), format, assembly.dimensions(input)));
        if (OneDnn.compiled(chosen)) {
          return;
        }
      }

      throw new IllegalStateException(
          "layer %s: oneDNN has no compiled pooling of %d for %s"
              .formatted(output.name(), layer.kernel(), input.shape()));
    }
  }

  private memory.data_type type() {
    return OneDnn.type(input.data().layout());
  }

  private pooling_forward.primitive_desc forward(Assembly assembly, memory.desc from) {
    return new pooling_forward.primitive_desc(
        OneDnn.CPU,
        assembly.propagation(),
        operation,
        from,
        OneDnn.layout(type(), OneDnn.ANY, assembly.dimensions(output)),
        both(layer.stride()),
        both(layer.kernel()),
        both(0),
        both(layer.padding()),
        behind(),
        OneDnn.attributes(),
        true);
  }

  @Override
  public void backward(Assembly assembly) {
    if (!input.differentiable()) {
      return;
    }

    pooling_backward.primitive_desc description =
        new pooling_backward.primitive_desc(
            OneDnn.CPU,
            operation,
            source.layout(),
            output.data().layout(),
            both(layer.stride()),
            both(layer.kernel()),
            both(0),
            both(layer.padding()),
            behind(),
            chosen,
            OneDnn.attributes(),
            false);
    Operand result = assembly.operand(source.layout());
    Map<Integer, Operand> arguments =
        Assembly.arguments(
            DNNL_ARG_DIFF_DST, assembly.gradients().of(output), DNNL_ARG_DIFF_SRC, result);
    if (places != null) {
      arguments.put(DNNL_ARG_WORKSPACE, places);
    }

    assembly.call(
        output.name() + " input gradient",
        new pooling_backward(description),
        description,
        arguments);
    assembly.gradients().contribute(input, result);
  }

  private static long[] both(long value) {
    return new long[] {value, value};
  }

  /**
   * Returns the padding below and to the right, which is as much as the last window extends beyond
   * the edge.
   */
  private long[] behind() {
    return new long[] {
      behind(input.shape().height(), output.shape().height()),
      behind(input.shape().width(), output.shape().width())
    };
  }

  private long behind(int size, int windows) {
    return Math.max(0, (windows - 1L) * layer.stride() + layer.kernel() - size - layer.padding());
  }
}
