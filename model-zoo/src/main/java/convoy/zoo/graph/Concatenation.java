package convoy.zoo.graph;

import java.util.List;

/** Joins its inputs one after another along the channels. */
public record Concatenation() implements Layer {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.concatenation(this);
  }

  @Override
  public String kind() {
    return "concatenation";
  }

  @Override
  public Shape output(List<Shape> inputs) {
    Shape first = inputs.get(0);
    for (Shape input : inputs) {
      if (input.height() != first.height() || input.width() != first.width()) {
        throw new IllegalArgumentException("planes of different size: " + inputs);
      }
    }
    int channels = inputs.stream().mapToInt(Shape::channels).reduce(0, Math::addExact);
    return new Shape(channels, first.height(), first.width());
  }
}
