package convoy.zoo.nd4j;

import convoy.zoo.graph.Activation;
import convoy.zoo.graph.Convolution;
import convoy.zoo.loops.Activations;
import convoy.zoo.loops.Step;
import java.util.Arrays;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolution with ND4J's conv2d operations, which oneDNN executes. Bias and activation work in
 * place on the result, which is kept for the backward pass.
 */
final class ConvolutionStep implements Step {
  private final Activation activation;
  private final Tensor output;
  private final Operation forward;
  private final Operation backward;
  private final WeightsGradient weightsAlone;

  ConvolutionStep(Convolution layer, Tensor input, Tensor output, Kernel kernel, int batch) {
    this.activation = layer.activation();
    this.output = output;
    this.forward =
        new Operation(
            "conv2d",
            window(layer, layer.padding()),
            size -> present(input.valuesAsPlanes(size), kernel.weights(), kernel.bias()),
            size -> new INDArray[] {output.valuesAsPlanes(size)});
    boolean first = !input.differentiable();
    this.weightsAlone =
        first && kernel.weightsGradient() != null
            ? new WeightsGradient(layer, input, output, kernel, batch)
            : null;
    this.backward =
        first
            ? null
            : new Operation(
                "conv2d_bp",
                window(layer, layer.padding()),
                size ->
                    present(
                        input.valuesAsPlanes(size),
                        kernel.weights(),
                        kernel.bias(),
                        output.gradientAsPlanes(size)),
                size ->
                    present(
                        input.gradientAsPlanes(size),
                        kernel.weightsGradient(),
                        kernel.biasGradient()));
  }

  /** Leaves out the bias if the convolution has none. */
  private static INDArray[] present(INDArray... arrays) {
    return Arrays.stream(arrays).filter(Objects::nonNull).toArray(INDArray[]::new);
  }

  /**
   * Returns the kernel, stride, padding and dilation, followed by ND4J's codes for explicit
   * padding, NCHW and OIHW.
   */
  static long[] window(Convolution layer, int padding) {
    int kernel = layer.kernel();
    int stride = layer.stride();
    return new long[] {kernel, kernel, stride, stride, padding, padding, 1, 1, 0, 0, 1};
  }

  @Override
  public void forward(int size, Mode mode) {
    forward.run(size);
    Activations.forward(activation, output.values(), size * output.shape().size());
  }

  @Override
  public void backward(int size) {
    Activations.backward(activation, output, size * output.shape().size());
    if (weightsAlone != null) {
      weightsAlone.run(size);
    } else {
      backward.run(size);
    }
  }

  @Override
  public void close() {
    forward.close();
    if (backward != null) {
      backward.close();
    }

    if (weightsAlone != null) {
      weightsAlone.close();
    }
  }
}
