package convoy.zoo.graph;

/** Softmax with cross-entropy loss: the output of a classifier. */
public record Softmax() implements Layer {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.softmax(this);
  }

  @Override
  public String kind() {
    return "softmax";
  }
}
