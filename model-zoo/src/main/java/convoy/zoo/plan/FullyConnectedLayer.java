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
  private final Value input;
  private final Value output;
  private Operand rows;
  private Parameters.Stored weights;
  private Parameters.Stored bias;
  private inner_product_forward.primitive_desc chosen;

  FullyConnectedLayer(Activation activation, Value input, Value output) {
    this.activation = activation;
    this.input = input;
    this.output = output;
  }

  private long[] kernel() {
    return new long[] {output.shape().size(), input.shape().size()};
  }

  @Override
  public void forward(Assembly plan) {
    rows = plan.view(OneDnn.plain(plan.batch(), input.shape().size()), plan.plain(input));
    String name = output.name() + ".weight";
    Parameters.Stored known = plan.parameters().known(name);
    memory.desc any = OneDnn.layout(OneDnn.ANY, kernel());
    chosen = forward(plan, known == null ? any : known.values().layout());
    if (!OneDnn.compiled(chosen)) {
      chosen = forward(plan, any);
    }

    require(output.name(), OneDnn.compiled(chosen));
    weights = plan.parameters().tensor(name, chosen.weights_desc(), kernel());
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
            plan.reordered(name, weights.values(), chosen.weights_desc()),
            DNNL_ARG_BIAS,
            bias.values(),
            DNNL_ARG_DST,
            plan.view(outputRows(plan), result)));
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
        outputRows(plan),
        activation == Activation.RELU ? OneDnn.attributesWithRelu() : OneDnn.attributes(),
        true);
  }

  private memory.desc biasLayout() {
    return OneDnn.plain(output.shape().size());
  }

  private memory.desc outputRows(Assembly plan) {
    return OneDnn.plain(plan.batch(), output.shape().size());
  }

  @Override
  public void backward(Assembly plan) {
    Operand gradient = plan.view(outputRows(plan), plan.gradient(output));
    weights(plan, gradient);
    if (input.differentiable()) {
      data(plan, gradient);
    }
  }

  private void weights(Assembly plan, Operand gradient) {
    memory.desc stored = weights.gradient().layout();
    inner_product_backward_weights.primitive_desc description =
        backwardWeights(stored, gradient.layout());
    if (!OneDnn.direct(description)) {
      description = backwardWeights(OneDnn.layout(OneDnn.ANY, kernel()), gradient.layout());
    }

    require(output.name() + " weights gradient", OneDnn.compiled(description));
    Operand result =
        description.diff_weights_desc().equals(stored)
            ? weights.gradient()
            : plan.operand(description.diff_weights_desc());
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
    if (result != weights.gradient()) {
      plan.reorder(output.name() + " weights gradient", result, weights.gradient());
    }
  }

  private inner_product_backward_weights.primitive_desc backwardWeights(
      memory.desc layout, memory.desc gradient) {
    return new inner_product_backward_weights.primitive_desc(
        OneDnn.CPU,
        rows.layout(),
        layout,
        biasLayout(),
        gradient,
        chosen,
        OneDnn.attributes(),
        true);
  }

  private void data(Assembly plan, Operand gradient) {
    memory.desc stored = weights.values().layout();
    inner_product_backward_data.primitive_desc description =
        backwardData(stored, gradient.layout());
    if (!OneDnn.direct(description)) {
      description = backwardData(OneDnn.layout(OneDnn.ANY, kernel()), gradient.layout());
    }

    require(output.name() + " input gradient", OneDnn.compiled(description));
    Operand turned =
        plan.reordered(output.name() + " weights", weights.values(), description.weights_desc());
    Operand result = plan.operand(OneDnn.plain(plan.dimensions(input)));
    plan.call(
        output.name() + " input gradient",
        new inner_product_backward_data(description),
        description,
        Assembly.arguments(
            DNNL_ARG_DIFF_DST,
            gradient,
            DNNL_ARG_WEIGHTS,
            turned,
            DNNL_ARG_DIFF_SRC,
            plan.view(rows.layout(), result)));
    plan.contribute(input, result);
  }

  private inner_product_backward_data.primitive_desc backwardData(
      memory.desc layout, memory.desc gradient) {
    return new inner_product_backward_data.primitive_desc(
        OneDnn.CPU, rows.layout(), layout, gradient, chosen, OneDnn.attributes(), true);
  }

  private void require(String step, boolean compiled) {
    if (!compiled) {
      throw new IllegalStateException(
          "layer %s: %s is not compiled by oneDNN".formatted(output.name(), step));
    }
  }
}
