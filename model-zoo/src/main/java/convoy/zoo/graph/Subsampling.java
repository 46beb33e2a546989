package convoy.zoo.graph;

import java.util.List;

/**
 * LeNet-5's subsampling (LeCun et al. 1998, section II.B). It multiplies the sum of a window by one
 * trainable coefficient for each channel, adds one trainable bias for each channel, and applies the
 * activation. Windows don't overlap, because the stride equals the kernel.
 */
public record Subsampling(int kernel, Activation activation) implements Layer {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.subsampling(this);
  }

  @Override
  public String kind() {
    return "subsampling";
  }

  @Override
  public Window window() {
    return new Window(kernel, kernel, 0, false);
  }

  @Override
  public Shape output(List<Shape> inputs) {
    return window().over(inputs.get(0), inputs.get(0).channels());
  }

  @Override
  public boolean hasBias() {
    return true;
  }

  @Override
  public List<Parameter> parameters(String name, Shape input) {
    return Tensors.of(
        name,
        List.of(input.channels()),
        List.of(kernel * kernel),
        1,
        input.channels(),
        Weights.of(new Initializer.LeCunUniform()));
  }

  @Override
  public long multiplyAdds(Shape input, Shape output) {
    return output.size();
  }
}
