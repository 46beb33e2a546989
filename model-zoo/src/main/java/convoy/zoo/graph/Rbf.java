package convoy.zoo.graph;

import java.util.List;

/**
 * LeNet-5's output. It computes the squared distances y to fixed codes of +1 and -1, one list for
 * each class. The smallest distance wins, and the probabilities are softmax(-y). The loss is
 * equation 9 of LeCun et al. 1998 with the given j: {@code y[label] + log(exp(-j) + sum of
 * exp(-y))}.
 */
public record Rbf(List<List<Integer>> codes, double j) implements Layer {
  public Rbf {
    codes = codes.stream().map(List::copyOf).toList();
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.rbf(this);
  }

  @Override
  public String kind() {
    return "rbf";
  }

  @Override
  public boolean flattens() {
    return true;
  }

  @Override
  public Shape output(List<Shape> inputs) {
    int length = codes.get(0).size();
    if (inputs.get(0).size() != length) {
      throw new IllegalArgumentException(
          "codes of " + length + " values for an input of " + inputs.get(0));
    }
    return Shape.vector(codes.size());
  }

  @Override
  public long multiplyAdds(Shape input, Shape output) {
    return (long) input.size() * codes.size();
  }
}
