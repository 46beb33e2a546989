package convoy.zoo.plan;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import convoy.zoo.graph.Activation;
import org.bytedeco.dnnl.inner_product_backward_data;
import org.bytedeco.dnnl.inner_product_backward_weights;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;

/** A dense layer over the input as rows in C, H, W order, its ReLU inside the primitive. */
final class FullyConnectedLayer implements PlanLayer {
  private final Activation activation;
  private final Kernels kernels;
  private final Value input;
  private final Value output;
  private Operand rows;
  private Parameters.Stored bias;
  private inner_product_forward.primitive_desc chosen;

  FullyConnectedLayer(Activation activation, Kernels kernels, Value input, Value output) {
    this.activation = activation;
    this.kernels = kernels;
    this.input = input;
    this.output = output;
  }

  @Override
  public void forward(Assembly plan) {
    memory.desc layout = OneDnn.plain(plan.type(), plan.batch(), input.shape().size());
    rows = plan.view(layout, plan.typed(input));
    memory.desc any = OneDnn.layout(plan.type(), OneDnn.ANY, kernel());
    chosen = forward(plan, kernels.layout() == null ? any : kernels.layout());
    if (!OneDnn.compiled(chosen)) {
      chosen = forward(plan, any);
    }

    require(output.name(), OneDnn.compiled(chosen));
    bias = plan.parameters().tensor(output.name() + ".bias", biasLayout(), output.shape().size());
    Operand result = plan.operand(OneDnn.plain(plan.dimensions(output)));
    plan.call(
        output.name(),
        new inner_product_forward(chosen),
        chosen,
        Assembly.arguments(
            DNNL_ARG_SRC,
            rows,
            DNNL_ARG_WEIGHTS,
            kernels.values(plan, chosen.weights_desc(), home(plan)),
            DNNL_ARG_BIAS,
            bias.values(),
            DNNL_ARG_DST,
            plan.view(outputRows(plan, OneDnn.FLOAT), result)));
    output.data(result);
    output.rectified(activation == Activation.RELU);
  }

  private inner_product_forward.primitive_desc forward(Assembly plan, memory.desc layout) {
    return new inner_product_forward.primitive_desc(
        OneDnn.CPU,
        plan.propagation(),
        rows.layout(),
        layout,
        biasLayout(),
        outputRows(plan, OneDnn.FLOAT),
        activation == Activation.RELU ? OneDnn.attributesWithRelu() : OneDnn.attributes(),
        true);
  }

  /** How the parameter lies where the forward pass wants it converted. */
  private memory.desc home(Assembly plan) {
    if (OneDnn.storable(chosen.weights_desc())) {
      return chosen.weights_desc();
    }

    return plan.training()
        ? backwardWeights(plan, OneDnn.layout(OneDnn.ANY, kernel())).diff_weights_desc()
        : OneDnn.plain(kernel());
  }

  private long[] kernel() {
    return new long[] {output.shape().size(), input.shape().size()};
  }

  private memory.desc biasLayout() {
    return OneDnn.plain(output.shape().size());
  }

  private memory.desc outputRows(Assembly plan, memory.data_type type) {
    return OneDnn.plain(type, plan.batch(), output.shape().size());
  }

  @Override
  public void backward(Assembly plan) {
    Operand whole = plan.view(outputRows(plan, OneDnn.FLOAT), plan.gradient(output));
    Operand gradient =
        plan.reordered(output.name() + " gradient", whole, outputRows(plan, plan.type()));
    weights(plan, gradient);
    if (input.differentiable()) {
      data(plan, gradient);
    }
  }

  private void weights(Assembly plan, Operand gradient) {
    inner_product_backward_weights.primitive_desc description =
        backwardWeights(plan, kernels.gradientLayout());
    if (!OneDnn.direct(description)) {
      description = backwardWeights(plan, OneDnn.layout(OneDnn.ANY, kernel()));
    }

    require(output.name() + " weights gradient", OneDnn.compiled(description));
    Operand result = kernels.gradient(plan, description.diff_weights_desc());
    plan.call(
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
    kernels.gradientWritten(plan, result);
  }

  private inner_product_backward_weights.primitive_desc backwardWeights(
      Assembly plan, memory.desc layout) {
    return new inner_product_backward_weights.primitive_desc(
        OneDnn.CPU,
        rows.layout(),
        layout,
        biasLayout(),
        outputRows(plan, plan.type()),
        chosen,
        OneDnn.attributes(),
        true);
  }

  private void data(Assembly plan, Operand gradient) {
    inner_product_backward_data.primitive_desc description =
        kernels.layout() == null ? null : backwardData(plan, gradient, kernels.layout());
    if (description == null || !OneDnn.direct(description)) {
      description = backwardData(plan, gradient, OneDnn.layout(plan.type(), OneDnn.ANY, kernel()));
    }

    require(output.name() + " input gradient", OneDnn.compiled(description));
    Operand result = plan.operand(OneDnn.plain(plan.dimensions(input)));
    plan.call(
        output.name() + " input gradient",
        new inner_product_backward_data(description),
        description,
        Assembly.arguments(
            DNNL_ARG_DIFF_DST,
            gradient,
            DNNL_ARG_WEIGHTS,
            kernels.values(plan, description.weights_desc(), home(plan)),
            DNNL_ARG_DIFF_SRC,
            plan.view(inputRows(plan), result)));
    plan.contribute(input, result);
  }

  private memory.desc inputRows(Assembly plan) {
    return OneDnn.plain(plan.batch(), input.shape().size());
  }

  private inner_product_backward_data.primitive_desc backwardData(
      Assembly plan, Operand gradient, memory.desc layout) {
    return new inner_product_backward_data.primitive_desc(
        OneDnn.CPU, inputRows(plan), layout, gradient.layout(), chosen, OneDnn.attributes(), true);
  }

  private void require(String step, boolean compiled) {
    if (!compiled) {
      throw new IllegalStateException(
          "layer %s: %s is not compiled by oneDNN".formatted(output.name(), step));
    }
  }
}
