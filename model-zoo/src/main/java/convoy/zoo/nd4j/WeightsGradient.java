package convoy.zoo.nd4j;

import convoy.zoo.graph.Convolution;
import convoy.zoo.graph.Shape;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Computes the gradient of a convolution's weights without the gradient of its input, which the
 * first layer doesn't need. It uses the backward operation of the transposed convolution, with the
 * input and the output's gradient in swapped roles. The unwanted second result of this operation
 * costs only one forward pass, so that it takes a quarter of the time of {@code conv2d_bp}.
 */
final class WeightsGradient implements AutoCloseable {
  private final Convolution layer;
  private final Tensor input;
  private final Tensor output;
  private final FloatBuffer bias;
  // The size of a transposed convolution must be exact. So this is the picture with its padding,
  // cut to what the windows see.
  private final Tensor seen;
  private final Tensor unused;
  private final Operation operation;

  WeightsGradient(Convolution layer, Tensor input, Tensor output, Kernel kernel, int batch) {
    this.layer = layer;
    this.input = input;
    this.output = output;
    this.bias = kernel.biasGradientBuffer();
    Shape out = output.shape();
    this.seen =
        new Tensor(
            new Shape(input.shape().channels(), side(out.height()), side(out.width())),
            batch,
            false);
    this.unused = new Tensor(out, batch, false);
    this.operation =
        new Operation(
            "deconv2d_bp",
            ConvolutionStep.window(layer, 0),
            size ->
                new INDArray[] {
                  output.gradientAsPlanes(size), kernel.weights(), seen.valuesAsPlanes(size)
                },
            size -> new INDArray[] {unused.valuesAsPlanes(size), kernel.weightsGradient()});
  }

  private int side(int windows) {
    return (windows - 1) * layer.stride() + layer.kernel();
  }

  void run(int size) {
    copyPicture(size);
    operation.run(size);
    if (bias != null) {
      biasGradient(size);
    }
  }

  private void copyPicture(int size) {
    Shape from = input.shape();
    Shape into = seen.shape();
    int rows = Math.min(from.height(), into.height() - layer.padding());
    int columns = Math.min(from.width(), into.width() - layer.padding());
    for (int plane = 0; plane < size * from.channels(); plane++) {
      for (int row = 0; row < rows; row++) {
        seen.values()
            .put(
                (plane * into.height() + row + layer.padding()) * into.width() + layer.padding(),
                input.values(),
                (plane * from.height() + row) * from.width(),
                columns);
      }
    }
  }

  private void biasGradient(int size) {
    int planes = output.shape().channels();
    int area = output.shape().height() * output.shape().width();
    float[] plane = new float[area];
    for (int channel = 0; channel < planes; channel++) {
      double sum = 0;
      for (int picture = 0; picture < size; picture++) {
        output.gradient().get((picture * planes + channel) * area, plane);
        for (float value : plane) {
          sum += value;
        }
      }

      bias.put(channel, (float) sum);
    }
  }

  @Override
  public void close() {
    operation.close();
    seen.close();
    unused.close();
  }
}
