package convoy.zoo.plan.layers;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import convoy.zoo.graph.Activation;
import convoy.zoo.plan.memory.OneDnn;
import convoy.zoo.plan.memory.Operand;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;

/**
 * Adds its inputs in their order, two at a time, with the ReLU inside the last primitive. The
 * gradient of the sum is also the gradient of each input, so the inputs share its memory.
 */
public final class AdditionLayer implements PlanLayer {
  private final Activation activation;
  private final List<Value> inputs;
  private final Value output;

  public AdditionLayer(Activation activation, List<Value> inputs, Value output) {
    this.activation = activation;
    this.inputs = inputs;
    this.output = output;
  }

  @Override
  public void forward(Assembly assembly) {
    memory.desc layout = layout(assembly);
    Operand sum = part(assembly, inputs.get(0), layout);
    Operand result = assembly.operand(layout);
    for (int i = 1; i < inputs.size(); i++) {
      binary.primitive_desc description = description(layout, i == inputs.size() - 1);
      assembly.call(
          output.name(),
          new binary(description),
          description,
          Assembly.arguments(
              DNNL_ARG_SRC_0,
              sum,
              DNNL_ARG_SRC_1,
              part(assembly, inputs.get(i), layout),
              DNNL_ARG_DST,
              result));
      sum = result;
    }

    output.data(result);
    output.rectified(activation == Activation.RELU);
  }

  /**
   * Returns the first layout among those of the inputs for which oneDNN has compiled code, or C
   * order if there is none. Its type is that of products, or float32 if a loop follows.
   */
  private memory.desc layout(Assembly assembly) {
    memory.data_type type = activation == Activation.SCALED_TANH ? OneDnn.FLOAT : assembly.type();
    Stream<memory.desc> layouts =
        inputs.stream()
            .map(input -> input.data().layout())
            .filter(layout -> layout.get_data_type() == type);
    memory.desc plain = OneDnn.plain(type, assembly.dimensions(output));
    return layouts
        .filter(layout -> OneDnn.compiled(description(layout, true)))
        .findFirst()
        .orElse(plain);
  }

  private Operand part(Assembly assembly, Value input, memory.desc layout) {
    return assembly.reordered(input.name() + " addend", input.data(), layout);
  }

  private binary.primitive_desc description(memory.desc layout, boolean last) {
    primitive_attr attributes =
        last && activation == Activation.RELU ? OneDnn.attributesWithRelu() : OneDnn.attributes();
    return new binary.primitive_desc(
        OneDnn.CPU, dnnl.algorithm.binary_add, layout, layout, layout, attributes, true);
  }

  @Override
  public void backward(Assembly assembly) {
    Operand gradient = assembly.gradients().of(output);
    for (Value input : inputs) {
      if (input.differentiable()) {
        assembly.gradients().contributeShared(input, gradient);
      }
    }
  }
}
