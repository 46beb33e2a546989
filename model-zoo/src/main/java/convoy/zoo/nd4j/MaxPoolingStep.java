package convoy.zoo.nd4j;

import convoy.zoo.graph.Pooling;
import convoy.zoo.loops.Step;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Max pooling with ND4J's operations, which oneDNN executes. They are ten times as fast as plain
 * loops.
 */
final class MaxPoolingStep implements Step {
  private final Operation forward;
  private final Operation backward;

  MaxPoolingStep(Pooling layer, Tensor input, Tensor output) {
    int kernel = layer.kernel();
    int stride = layer.stride();
    int padding = layer.padding();
    // kernel, stride, padding, dilation; explicit padding, a value without meaning, NCHW
    long[] window = {kernel, kernel, stride, stride, padding, padding, 1, 1, 0, 0, 0};
    this.forward =
        new Operation(
            "maxpool2d",
            window,
            size -> new INDArray[] {input.valuesAsPlanes(size)},
            size -> new INDArray[] {output.valuesAsPlanes(size)});
    this.backward =
        input.differentiable()
            ? new Operation(
                "maxpool2d_bp",
                window,
                size -> new INDArray[] {input.valuesAsPlanes(size), output.gradientAsPlanes(size)},
                size -> new INDArray[] {input.gradientAsPlanes(size)})
            : null;
  }

  /** Returns whether ND4J can do it. ND4J has no windows that extend beyond the edge. */
  static boolean fits(Pooling layer) {
    return layer.mode() == Pooling.Mode.MAX && !layer.ceil();
  }

  @Override
  public void forward(int size, Mode mode) {
    forward.run(size);
  }

  @Override
  public void backward(int size) {
    if (backward != null) {
      backward.run(size);
    }
  }

  @Override
  public void close() {
    forward.close();
    if (backward != null) {
      backward.close();
    }
  }
}
