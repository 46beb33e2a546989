package convoy.zoo.plan.layers;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import convoy.zoo.graph.Activation;
import convoy.zoo.graph.Parameter;
import convoy.zoo.plan.memory.OneDnn;
import convoy.zoo.plan.memory.Operand;
import convoy.zoo.plan.memory.Parameters;
import org.bytedeco.dnnl.inner_product_backward_data;
import org.bytedeco.dnnl.inner_product_backward_weights;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;

/**
 * A dense layer that reads its input as rows in C, H, W order. Its ReLU is inside the primitive.
 */
public final class FullyConnectedLayer implements PlanLayer {
  private final Activation activation;
  private final Kernels kernels;
  private final Value input;
  private final Value output;
  private Operand rows;
  private Parameters.Stored bias;
  private inner_product_forward.primitive_desc chosen;

  public FullyConnectedLayer(Activation activation, Kernels kernels, Value input, Value output) {
    this.activation = activation;
    this.kernels = kernels;
    this.input = input;
    this.output = output;
  }

  @Override
  public void forward(Assembly assembly) {
    memory.desc layout = OneDnn.plain(assembly.type(), assembly.batch(), input.shape().size());
    rows = assembly.view(layout, assembly.typed(input));
    memory.desc any = OneDnn.layout(assembly.type(), OneDnn.ANY, kernel());
    chosen = forward(assembly, kernels.layout() == null ? any : kernels.layout());
    if (!OneDnn.compiled(chosen)) {
      chosen = forward(assembly, any);
    }

    require(output.name(), OneDnn.compiled(chosen));
    bias =
        assembly
            .parameters()
            .tensor(Parameter.bias(output.name()), biasLayout(), output.shape().size());
    Operand result = assembly.operand(OneDnn.plain(assembly.dimensions(output)));
    assembly.call(
        output.name(),
        new inner_product_forward(chosen),
        chosen,
        Assembly.arguments(
            DNNL_ARG_SRC,
            rows,
            DNNL_ARG_WEIGHTS,
            kernels.values(assembly, chosen.weights_desc(), home(assembly)),
            DNNL_ARG_BIAS,
            bias.values(),
            DNNL_ARG_DST,
            assembly.view(outputRows(assembly, OneDnn.FLOAT), result)));
    output.data(result);
    output.rectified(activation == Activation.RELU);
  }

  private inner_product_forward.primitive_desc forward(Assembly assembly, memory.desc layout) {
    return new inner_product_forward.primitive_desc(
        OneDnn.CPU,
        assembly.propagation(),
        rows.layout(),
        layout,
        biasLayout(),
        outputRows(assembly, OneDnn.FLOAT),
        activation == Activation.RELU ? OneDnn.attributesWithRelu() : OneDnn.attributes(),
        true);
  }

  /**
   * Returns the layout in which the parameter is stored if the forward pass reads a converted copy
   * of it.
   */
  private memory.desc home(Assembly assembly) {
    if (OneDnn.storable(chosen.weights_desc())) {
      return chosen.weights_desc();
    }

    return assembly.training()
        ? backwardWeights(assembly, OneDnn.layout(OneDnn.ANY, kernel())).diff_weights_desc()
        : OneDnn.plain(kernel());
  }

  private long[] kernel() {
    return new long[] {output.shape().size(), input.shape().size()};
  }

  private memory.desc biasLayout() {
    return OneDnn.plain(output.shape().size());
  }

  private memory.desc outputRows(Assembly assembly, memory.data_type type) {
    return OneDnn.plain(type, assembly.batch(), output.shape().size());
  }

  @Override
  public void backward(Assembly assembly) {
    Operand whole =
        assembly.view(outputRows(assembly, OneDnn.FLOAT), assembly.gradients().of(output));
    Operand gradient =
        assembly.reordered(
            output.name() + " gradient", whole, outputRows(assembly, assembly.type()));
    weights(assembly, gradient);
    if (input.differentiable()) {
      data(assembly, gradient);
    }
  }

  private void weights(Assembly assembly, Operand gradient) {
    inner_product_backward_weights.primitive_desc description =
        backwardWeights(assembly, kernels.gradientLayout());
    if (!OneDnn.direct(description)) {
      description = backwardWeights(assembly, OneDnn.layout(OneDnn.ANY, kernel()));
    }

    require(output.name() + " weights gradient", OneDnn.compiled(description));
    Operand result = kernels.gradient(assembly, description.diff_weights_desc());
    assembly.call(
        output.name() + " weights gradient",
        new inner_product_backward_weights(description),
        description,
        Assembly.arguments(
            DNNL_ARG_SRC,
            rows,
            DNNL_ARG_DIFF_DST,
            gradient,
            DNNL_ARG_DIFF_WEIGHTS,
            result,
            DNNL_ARG_DIFF_BIAS,
            bias.gradient()));
    kernels.gradientWritten(assembly, result);
  }

  private inner_product_backward_weights.primitive_desc backwardWeights(
      Assembly assembly, memory.desc layout) {
    return new inner_product_backward_weights.primitive_desc(
        OneDnn.CPU,
        rows.layout(),
        layout,
        biasLayout(),
        outputRows(assembly, assembly.type()),
        chosen,
        OneDnn.attributes(),
        true);
  }

  private void data(Assembly assembly, Operand gradient) {
    inner_product_backward_data.primitive_desc description =
        kernels.layout() == null ? null : backwardData(assembly, gradient, kernels.layout());
    if (description == null || !OneDnn.direct(description)) {
      description =
          backwardData(assembly, gradient, OneDnn.layout(assembly.type(), OneDnn.ANY, kernel()));
    }

    require(output.name() + " input gradient", OneDnn.compiled(description));
    Operand result = assembly.operand(OneDnn.plain(assembly.dimensions(input)));
    assembly.call(
        output.name() + " input gradient",
        new inner_product_backward_data(description),
        description,
        Assembly.arguments(
            DNNL_ARG_DIFF_DST,
            gradient,
            DNNL_ARG_WEIGHTS,
            kernels.values(assembly, description.weights_desc(), home(assembly)),
            DNNL_ARG_DIFF_SRC,
            assembly.view(inputRows(assembly), result)));
    assembly.gradients().contribute(input, result);
  }

  private memory.desc inputRows(Assembly assembly) {
    return OneDnn.plain(assembly.batch(), input.shape().size());
  }

  private inner_product_backward_data.primitive_desc backwardData(
      Assembly assembly, Operand gradient, memory.desc layout) {
    return new inner_product_backward_data.primitive_desc(
        OneDnn.CPU,
        inputRows(assembly),
        layout,
        gradient.layout(),
        chosen,
        OneDnn.attributes(),
        true);
  }

  private void require(String step, boolean compiled) {
    if (!compiled) {
      throw new IllegalStateException(
          "layer %s: %s is not compiled by oneDNN".formatted(output.name(), step));
    }
  }
}
