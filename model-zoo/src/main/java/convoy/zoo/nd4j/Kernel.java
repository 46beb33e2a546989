package convoy.zoo.nd4j;

import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.graph.Parameter;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weights (OIHW) and the bias of a convolution, or of one of its groups, with their gradients.
 * Gradients are null in inference and in frozen layers. The bias is null if the convolution has
 * none.
 */
record Kernel(
    INDArray weights,
    INDArray bias,
    INDArray weightsGradient,
    INDArray biasGradient,
    FloatBuffer biasGradientBuffer) {

  /**
   * Returns one of {@code groups} parts of the named layer's tensors. The groups lie one after
   * another.
   */
  static Kernel of(String name, ParameterBlock parameters, int groups, int group) {
    ParameterLayout.Tensor weight = parameters.tensor(Parameter.weight(name));
    int outputs = weight.shape().get(0) / groups;
    int length = weight.size() / groups;
    int offset = weight.offset() + group * length;
    long[] shape = weight.shape().stream().mapToLong(Integer::longValue).toArray();
    shape[0] = outputs;
    return withBias(
        name,
        parameters,
        group * outputs,
        outputs,
        parameters.values(offset, shape),
        parameters.learns(name) ? parameters.gradient(offset, shape) : null);
  }

  /**
   * Combines weights from another place with {@code outputs} of the named layer's biases, if it has
   * any.
   */
  static Kernel withBias(
      String name,
      ParameterBlock parameters,
      int first,
      int outputs,
      INDArray weights,
      INDArray weightsGradient) {
    ParameterLayout.Tensor bias = parameters.tensor(Parameter.bias(name));
    if (bias == null) {
      return new Kernel(weights, null, weightsGradient, null, null);
    }

    int offset = bias.offset() + first;
    boolean learns = parameters.learns(name);
    return new Kernel(
        weights,
        parameters.values(offset, outputs),
        weightsGradient,
        learns ? parameters.gradient(offset, outputs) : null,
        learns ? parameters.gradient().slice(offset, outputs) : null);
  }
}
