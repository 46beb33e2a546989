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
import java.util.Map;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory;

/** A convolution. The primitive also adds the bias, if there is one, and applies the ReLU. */
public final class ConvolutionLayer implements PlanLayer {
  private final Convolutions primitives;
  private final Kernels kernels;
  private final Value input;
  private final Value output;
  private Parameters.Stored bias;
  private Operand source;
  private convolution_forward.primitive_desc chosen;

  public ConvolutionLayer(Convolutions primitives, Kernels kernels, Value input, Value output) {
    this.primitives = primitives;
    this.kernels = kernels;
    this.input = input;
    this.output = output;
  }

  @Override
  public void forward(Assembly assembly) {
    chosen = primitives.choose(assembly, input, kernels.layout());
    source = assembly.reordered(output.name() + " input", input.data(), chosen.src_desc());
    Operand weights =
        kernels.values(assembly, chosen.weights_desc(), primitives.home(assembly, chosen));
    Operand result = assembly.operand(chosen.dst_desc());
    Map<Integer, Operand> arguments =
        Assembly.arguments(DNNL_ARG_SRC, source, DNNL_ARG_WEIGHTS, weights, DNNL_ARG_DST, result);
    if (primitives.hasBias()) {
      int channels = output.shape().channels();
      String name = Parameter.bias(output.name());
      bias = assembly.parameters().tensor(name, OneDnn.plain(channels), channels);
      arguments.put(DNNL_ARG_BIAS, bias.values());
    }

    assembly.call(output.name(), new convolution_forward(chosen), chosen, arguments);
    // A scaled tanh is applied by a loop, which needs float32.
    boolean floats = primitives.activation() == Activation.SCALED_TANH;
    memory.desc layout =
        floats && assembly.type() != OneDnn.FLOAT
            ? OneDnn.plain(assembly.dimensions(output))
            : result.layout();
    output.data(assembly.reordered(output.name() + " floats", result, layout));
    output.rectified(primitives.activation() == Activation.RELU);
  }

  @Override
  public void backward(Assembly assembly) {
    Operand gradient =
        assembly.reordered(
            output.name() + " gradient", assembly.gradients().of(output), chosen.dst_desc());
    weights(assembly, gradient);
    if (input.differentiable()) {
      data(assembly, gradient);
    }
  }

  private void weights(Assembly assembly, Operand gradient) {
    convolution_backward_weights.primitive_desc description =
        primitives.backwardWeights(
            source.layout(), kernels.gradientLayout(), gradient.layout(), chosen);
    if (!OneDnn.direct(description)) {
      description =
          primitives.backwardWeights(
              source.layout(), primitives.anyGradient(), gradient.layout(), chosen);
    }

    primitives.require(output.name() + " weights gradient", description);
    Operand result = kernels.gradient(assembly, description.diff_weights_desc());
    Map<Integer, Operand> arguments =
        Assembly.arguments(
            DNNL_ARG_SRC, source, DNNL_ARG_DIFF_DST, gradient, DNNL_ARG_DIFF_WEIGHTS, result);
    if (bias != null) {
      arguments.put(DNNL_ARG_DIFF_BIAS, bias.gradient());
    }

    assembly.call(
        output.name() + " weights gradient",
        new convolution_backward_weights(description),
        description,
        arguments);
    kernels.gradientWritten(assembly, result);
  }

  private void data(Assembly assembly, Operand gradient) {
    convolution_backward_data.primitive_desc description =
        primitives.backwardData(input.data().layout(), gradient.layout(), chosen);
    if (!OneDnn.compiled(description)) {
      description = primitives.backwardData(source.layout(), gradient.layout(), chosen);
    }

    primitives.require(output.name() + " input gradient", description);
    Operand turned =
        kernels.values(assembly, description.weights_desc(), primitives.home(assembly, chosen));
    Operand result = assembly.operand(description.diff_src_desc());
    assembly.call(
        output.name() + " input gradient",
        new convolution_backward_data(description),
        description,
        Assembly.arguments(
            DNNL_ARG_DIFF_DST, gradient, DNNL_ARG_WEIGHTS, turned, DNNL_ARG_DIFF_SRC, result));
    assembly.gradients().contribute(input, result);
  }
}
