package convoy.zoo.plan;

import convoy.zoo.graph.Shape;
import convoy.zoo.loops.PlainTensor;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.bytedeco.javacpp.BytePointer;

/** Operands in C order as loops see them. */
final class PlanTensor implements PlainTensor {
  private final Shape shape;
  private final Operand values;
  private Operand gradient;

  PlanTensor(Shape shape, Operand values) {
    this.shape = shape;
    this.values = values;
  }

  void gradient(Operand operand) {
    gradient = operand;
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
    return values.floats();
  }

  @Override
  public FloatBuffer gradient() {
    return gradient.floats();
  }

  @Override
  public IntBuffer valueBits() {
    return bits(values);
  }

  @Override
  public IntBuffer gradientBits() {
    return bits(gradient);
  }

  private static IntBuffer bits(Operand operand) {
    return new BytePointer(operand.handle().get_data_handle())
        .position(0)
        .capacity(operand.layout().get_size())
        .asByteBuffer()
        .order(ByteOrder.nativeOrder())
        .asIntBuffer();
  }
}
