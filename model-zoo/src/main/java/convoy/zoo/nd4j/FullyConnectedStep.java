package convoy.zoo.nd4j;

import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.graph.Activation;
import convoy.zoo.graph.Parameter;
import convoy.zoo.loops.Activations;
import convoy.zoo.loops.Step;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Computes x W' + b with ND4J's matmul operation, which oneDNN executes. W has the shape [outputs,
 * inputs]. The product is computed as W x', which takes half of the time, and is transposed when
 * the bias is added.
 */
final class FullyConnectedStep implements Step {
  private final Activation activation;
  private final Tensor output;
  private final FloatBuffer bias;
  private final FloatBuffer biasGradient;
  private final Floats turned;
  private final Operation forward;
  private final Operation weightsGradient;
  private final Operation inputGradient;

  FullyConnectedStep(
      String name,
      Activation activation,
      Tensor input,
      Tensor output,
      ParameterBlock parameters,
      int batch) {
    this.activation = activation;
    this.output = output;
    this.turned = Floats.zeros(batch * output.shape().size());
    this.bias = parameters.valuesOf(Parameter.bias(name));
    ParameterLayout.Tensor weight = parameters.tensor(Parameter.weight(name));
    INDArray weights =
        parameters.values(weight.offset(), output.shape().size(), input.shape().size());
    this.forward =
        new Operation(
            "matmul",
            new long[] {0, 1, 0},
            size -> new INDArray[] {weights, input.valuesAsRows(size)},
            size -> new INDArray[] {turned.view(0, output.shape().size(), size)});
    if (!parameters.learns(name)) {
      this.biasGradient = null;
      this.weightsGradient = null;
      this.inputGradient = null;
      return;
    }

    this.biasGradient = parameters.gradientOf(Parameter.bias(name));
    INDArray gradient =
        parameters.gradient(weight.offset(), output.shape().size(), input.shape().size());
    this.weightsGradient =
        new Operation(
            "matmul",
            new long[] {1, 0, 0},
            size -> new INDArray[] {output.gradientAsRows(size), input.valuesAsRows(size)},
            size -> new INDArray[] {gradient});
    this.inputGradient =
        input.differentiable()
            ? new Operation(
                "matmul",
                new long[] {0, 0, 0},
                size -> new INDArray[] {output.gradientAsRows(size), weights},
                size -> new INDArray[] {input.gradientAsRows(size)})
            : null;
  }

  @Override
  public void forward(int size, Mode mode) {
    forward.run(size);
    int outputs = output.shape().size();
    float[] columns = new float[outputs * size];
    float[] added = new float[outputs];
    float[] row = new float[outputs];
    turned.buffer().get(0, columns);
    bias.get(0, added);
    for (int picture = 0; picture < size; picture++) {
      for (int i = 0; i < outputs; i++) {
        row[i] = columns[i * size + picture] + added[i];
      }

      output.values().put(picture * outputs, row);
    }

    Activations.forward(activation, output.values(), size * outputs);
  }

  @Override
  public void backward(int size) {
    int outputs = output.shape().size();
    Activations.backward(activation, output, size * outputs);
    weightsGradient.run(size);
    float[] row = new float[outputs];
    float[] sum = new float[outputs];
    for (int picture = 0; picture < size; picture++) {
      output.gradient().get(picture * outputs, row);
      for (int i = 0; i < outputs; i++) {
        sum[i] += row[i];
      }
    }

    biasGradient.put(0, sum);
    if (inputGradient != null) {
      inputGradient.run(size);
    }
  }

  @Override
  public void close() {
    forward.close();
    turned.close();
    if (weightsGradient != null) {
      weightsGradient.close();
    }

    if (inputGradient != null) {
      inputGradient.close();
    }
  }
}
