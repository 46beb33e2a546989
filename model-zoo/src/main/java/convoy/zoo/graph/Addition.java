package convoy.zoo.graph;

import java.util.List;

/**
 * Adds inputs of one shape element by element and applies the activation. Residual networks use it
 * where a shortcut joins: y = relu(F(x) + x) (He et al. 2016, figure 2).
 */
public record Addition(Activation activation) implements Layer {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.addition(this);
  }

  @Override
  public String kind() {
    return "addition";
  }

  @Override
  public Shape output(List<Shape> inputs) {
    if (inputs.size() < 2) {
      throw new IllegalArgumentException(
          "an addition takes two branches or more, not " + inputs.size());
    }

    if (inputs.stream().distinct().count() > 1) {
      throw new IllegalArgumentException(
          "branches of different shapes can't be added: "
              + inputs
              + "; a 1 x 1 convolution with the same stride gives a shortcut the other's shape");
    }

    return inputs.get(0);
  }
}
