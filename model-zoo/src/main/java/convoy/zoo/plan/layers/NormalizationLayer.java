package convoy.zoo.plan.layers;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import convoy.zoo.graph.LocalResponseNormalization;
import convoy.zoo.plan.memory.OneDnn;
import convoy.zoo.plan.memory.Operand;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.lrn_backward;
import org.bytedeco.dnnl.lrn_forward;
import org.bytedeco.dnnl.memory;

/** Local response normalization across channels, if oneDNN has compiled code for it. */
public final class NormalizationLayer implements PlanLayer {
  private static final dnnl.algorithm ACROSS = dnnl.algorithm.lrn_across_channels;

  private final LocalResponseNormalization layer;
  private final Value input;
  private final Value output;
  private lrn_forward.primitive_desc chosen;
  private Operand workspace;

  public NormalizationLayer(LocalResponseNormalization layer, Value input, Value output) {
    this.layer = layer;
    this.input = input;
    this.output = output;
  }

  /** Returns whether oneDNN has compiled code for all passes in the input's layout. */
  public boolean fits(Assembly assembly) {
    chosen =
        new lrn_forward.primitive_desc(
            OneDnn.CPU,
            assembly.propagation(),
            ACROSS,
            input.data().layout(),
            input.data().layout(),
            layer.size(),
            alpha(),
            (float) layer.beta(),
            (float) layer.k(),
            OneDnn.attributes(),
            true);
    return OneDnn.compiled(chosen) && (!assembly.training() || OneDnn.compiled(backward()));
  }

  /** oneDNN divides alpha by the size, as Caffe does. */
  private float alpha() {
    return (float) (layer.alpha() * layer.size());
  }

  private lrn_backward.primitive_desc backward() {
    memory.desc layout = input.data().layout();
    return new lrn_backward.primitive_desc(
        OneDnn.CPU,
        ACROSS,
        layout,
        layout,
        layout,
        layer.size(),
        alpha(),
        (float) layer.beta(),
        (float) layer.k(),
        chosen,
        OneDnn.attributes(),
        true);
  }

  @Override
  public void forward(Assembly assembly) {
    output.data(assembly.operand(chosen.dst_desc()));
    Map<Integer, Operand> arguments =
        Assembly.arguments(DNNL_ARG_SRC, input.data(), DNNL_ARG_DST, output.data());
    memory.desc kept = chosen.workspace_desc();
    if (assembly.training() && !kept.is_zero()) {
      workspace = assembly.operand(kept);
      arguments.put(DNNL_ARG_WORKSPACE, workspace);
    }

    assembly.call(output.name(), new lrn_forward(chosen), chosen, arguments);
  }

  @Override
  public void backward(Assembly assembly) {
    if (!input.differentiable()) {
      return;
    }

    lrn_backward.primitive_desc description = backward();
    Operand result = assembly.operand(input.data().layout());
    Map<Integer, Operand> arguments =
        Assembly.arguments(
            DNNL_ARG_SRC,
            input.data(),
            DNNL_ARG_DIFF_DST,
            assembly.gradients().of(output),
            DNNL_ARG_DIFF_SRC,
            result);
    if (workspace != null) {
      arguments.put(DNNL_ARG_WORKSPACE, workspace);
    }

    assembly.call(
        output.name() + " input gradient", new lrn_backward(description), description, arguments);
    assembly.gradients().contribute(input, result);
  }
}
