package convoy.zoo.nd4j;

import convoy.zoo.graph.Shape;
import convoy.zoo.loops.PlainTensor;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The data between two layers: values and, in training, their gradient, for up to {@code batch}
 * pictures, NCHW. A smaller minibatch uses the first part.
 */
public final class Tensor implements PlainTensor, AutoCloseable {
  private final Shape shape;
  private final Floats values;
  private final Floats gradient;

  /**
   * @param differentiable whether a gradient flows back here
   */
  Tensor(Shape shape, int batch, boolean differentiable) {
    this.shape = shape;
    this.values = Floats.zeros(Math.multiplyExact(batch, shape.size()));
    this.gradient = differentiable ? Floats.zeros(Math.multiplyExact(batch, shape.size())) : null;
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public boolean differentiable() {
    return gradient != null;
  }

  @Override
  public FloatBuffer values() {
    return values.buffer();
  }

  @Override
  public FloatBuffer gradient() {
    return gradient.buffer();
  }

  @Override
  public IntBuffer valueBits() {
    return values.bits();
  }

  @Override
  public IntBuffer gradientBits() {
    return gradient.bits();
  }

  /** Returns the values of {@code size} pictures as [size, channels, height, width]. */
  INDArray valuesAsPlanes(int size) {
    return values.view(0, size, shape.channels(), shape.height(), shape.width());
  }

  INDArray gradientAsPlanes(int size) {
    return gradient.view(0, size, shape.channels(), shape.height(), shape.width());
  }

  /** Returns the values of {@code size} pictures as [size, shape.size()]. */
  INDArray valuesAsRows(int size) {
    return values.view(0, size, shape.size());
  }

  INDArray gradientAsRows(int size) {
    return gradient.view(0, size, shape.size());
  }

  @Override
  public void close() {
    values.close();
    if (gradient != null) {
      gradient.close();
    }
  }
}
