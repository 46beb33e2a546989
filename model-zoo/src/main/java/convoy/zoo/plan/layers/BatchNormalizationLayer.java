package convoy.zoo.plan.layers;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import convoy.zoo.graph.Activation;
import convoy.zoo.graph.BatchNormalization;
import convoy.zoo.plan.memory.OneDnn;
import convoy.zoo.plan.memory.Operand;
import java.util.Map;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** Batch normalization with its ReLU inside the primitive, if oneDNN has compiled code for it. */
public final class BatchNormalizationLayer implements PlanLayer {
  private final BatchNormalization layer;
  private final Value input;
  private final Value output;
  private final BatchNormalizationTensors tensors;
  private final boolean measures;
  private Operand mean;
  private Operand variance;
  private Operand workspace;
  private batch_normalization_forward.primitive_desc chosen;

  /**
   * @param measures whether the statistics of the minibatch are used, which is so in training
   *     unless the layer is frozen
   */
  public BatchNormalizationLayer(
      BatchNormalization layer,
      Value input,
      Value output,
      BatchNormalizationTensors tensors,
      boolean measures) {
    this.layer = layer;
    this.input = input;
    this.output = output;
    this.tensors = tensors;
    this.measures = measures;
  }

  /** Returns whether oneDNN has compiled code for all passes in the input's layout. */
  public boolean fits() {
    memory.desc layout = input.data().layout();
    dnnl.prop_kind propagation =
        measures ? dnnl.prop_kind.forward_training : dnnl.prop_kind.forward_inference;
    chosen =
        new batch_normalization_forward.primitive_desc(
            OneDnn.CPU,
            propagation.value,
            layout,
            layout,
            (float) layer.epsilon(),
            flags(),
            OneDnn.attributes(),
            true);
    return OneDnn.compiled(chosen) && (!measures || OneDnn.compiled(backward()));
  }

  private int flags() {
    return dnnl.dnnl_use_scale
        | dnnl.dnnl_use_shift
        | (measures ? 0 : dnnl.dnnl_use_global_stats)
        | (layer.activation() == Activation.RELU ? dnnl.dnnl_fuse_norm_relu : 0);
  }

  private batch_normalization_backward.primitive_desc backward() {
    memory.desc layout = input.data().layout();
    return new batch_normalization_backward.primitive_desc(
        OneDnn.CPU,
        dnnl.prop_kind.backward.value,
        layout,
        layout,
        layout,
        (float) layer.epsilon(),
        flags(),
        chosen,
        OneDnn.attributes(),
        true);
  }

  @Override
  public void forward(Assembly assembly) {
    mean = measures ? assembly.operand(chosen.mean_desc()) : tensors.mean().values();
    variance = measures ? assembly.operand(chosen.variance_desc()) : tensors.variance().values();
    output.data(assembly.operand(chosen.dst_desc()));
    Map<Integer, Operand> arguments =
        Assembly.arguments(
            DNNL_ARG_SRC,
            input.data(),
            DNNL_ARG_DST,
            output.data(),
            DNNL_ARG_MEAN,
            mean,
            DNNL_ARG_VARIANCE,
            variance,
            DNNL_ARG_SCALE,
            tensors.scale().values(),
            DNNL_ARG_SHIFT,
            tensors.shift().values());
    if (measures && layer.activation() == Activation.RELU) {
      workspace = assembly.operand(chosen.workspace_desc());
      arguments.put(DNNL_ARG_WORKSPACE, workspace);
    }

    assembly.call(output.name(), new batch_normalization_forward(chosen), chosen, arguments);
    if (measures) {
      long count = (long) assembly.batch() * input.shape().height() * input.shape().width();
      assembly.loop(
          output.name() + " running statistics",
          pass -> tensors.move(layer.momentum(), mean.floats(), variance.floats(), count),
          mean,
          variance);
    }
  }

  @Override
  public void backward(Assembly assembly) {
    batch_normalization_backward.primitive_desc description = backward();
    Operand result = assembly.operand(input.data().layout());
    Map<Integer, Operand> arguments =
        Assembly.arguments(
            DNNL_ARG_SRC,
            input.data(),
            DNNL_ARG_DIFF_DST,
            assembly.gradients().of(output),
            DNNL_ARG_MEAN,
            mean,
            DNNL_ARG_VARIANCE,
            variance,
            DNNL_ARG_SCALE,
            tensors.scale().values(),
            DNNL_ARG_DIFF_SRC,
            result,
            DNNL_ARG_DIFF_SCALE,
            tensors.scale().gradient(),
            DNNL_ARG_DIFF_SHIFT,
            tensors.shift().gradient());
    if (workspace != null) {
      arguments.put(DNNL_ARG_WORKSPACE, workspace);
    }

    assembly.call(
        output.name() + " input gradient",
        new batch_normalization_backward(description),
        description,
        arguments);
    if (input.differentiable()) {
      assembly.gradients().contribute(input, result);
    }
  }
}
