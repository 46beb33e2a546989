package convoy.zoo.graph;

import java.util.List;

/**
 * The element-wise sum of inputs of one shape, then the activation, as where a residual network's
 * shortcut comes back: y = relu(F(x) + x) (He et al. 2016, figure 2).
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
    if (inputs.stream().distinct().count() > 1) {
      throw new IllegalArgumentException(
          "branches of different shapes can't be added: "
              + inputs
              + "; a 1 x 1 convolution with the same stride gives a shortcut the other's shape");
    }

    return inputs.get(0);
  }
}
