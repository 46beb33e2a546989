package convoy.zoo.plan.layers;

import convoy.zoo.graph.Shape;
import convoy.zoo.loops.PlainTensor;
import convoy.zoo.plan.memory.OneDnn;
import convoy.zoo.plan.memory.Operand;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/** Operands in C order, as loops see them. */
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
    return OneDnn.bytes(operand.handle().get_data_handle(), operand.layout().get_size())
        .asIntBuffer();
  }
}
