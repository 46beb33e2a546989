package convoy.zoo.graph;

/**
 * Inverted dropout. In training it zeroes each value with probability {@code rate} and scales the
 * others.
 */
public record Dropout(double rate) implements Layer {
  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "dropout " + rate + " is not a rate: 0 (none) up to, but not including, 1");
    }
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.dropout(this);
  }

  @Override
  public String kind() {
    return "dropout";
  }
}
