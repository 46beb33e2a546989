package convoy.zoo.graph;

/** What flows along an edge, without the batch: channels x height x width (NCHW order). */
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

  /** A vector of {@code length} values. */
  public static Shape vector(int length) {
    return new Shape(length, 1, 1);
  }

  /** The same channels, {@code side} pixels high and wide. */
  public Shape resized(int side) {
    return new Shape(channels, side, side);
  }

  /** Number of values. */
  public int size() {
    return channels * height * width;
  }

  @Override
  public String toString() {
    return channels + " x " + height + " x " + width;
  }
}
