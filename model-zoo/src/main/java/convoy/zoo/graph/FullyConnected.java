package convoy.zoo.graph;

import java.util.List;

/**
 * A dense layer with weights [outputs, inputs]. An input with more dimensions is flattened in C, H,
 * W order.
 */
public record FullyConnected(int outputs, Weights weights, Activation activation) implements Layer {
  public FullyConnected {
    if (!weights.hasBias()) {
      throw new IllegalArgumentException("only convolutions can be without biases");
    }
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.fullyConnected(this);
  }

  @Override
  public String kind() {
    return "fullyConnected";
  }

  @Override
  public boolean hasBias() {
    return true;
  }

  @Override
  public boolean flattens() {
    return true;
  }

  @Override
  public Shape output(List<Shape> inputs) {
    return Shape.vector(outputs);
  }

  @Override
  public List<Parameter> parameters(String name, Shape input) {
    return Tensors.of(
        name, List.of(outputs, input.size()), List.of(input.size()), outputs, outputs, weights);
  }

  @Override
  public long multiplyAdds(Shape input, Shape output) {
    return (long) input.size() * outputs;
  }
}
