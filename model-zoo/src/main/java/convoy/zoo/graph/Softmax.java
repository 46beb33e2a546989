package convoy.zoo.graph;

/** The output of a classifier: softmax with cross-entropy loss. */
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
