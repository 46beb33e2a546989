package convoy.zoo.graph;

/**
 * The shape of one layer's output without the batch dimension: channels x height x width (NCHW
 * order).
 */
public record Shape(int channels, int height, int width) {
  public Shape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "a shape has positive sizes: " + channels + "x" + height + "x" + width);
    }
    if ((double) channels * height * width > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%d x %d x %d are more values than one picture can have (%d): take a smaller one"
              .formatted(channels, height, width, Integer.MAX_VALUE));
    }
  }

  /** Returns the shape of a vector of {@code length} values. */
  public static Shape vector(int length) {
    return new Shape(length, 1, 1);
  }

  /** Returns a shape with the same channels that is {@code side} pixels high and wide. */
  public Shape resized(int side) {
    return new Shape(channels, side, side);
  }

  public int size() {
    return channels * height * width;
  }

  @Override
  public String toString() {
    return channels + " x " + height + " x " + width;
  }
}
