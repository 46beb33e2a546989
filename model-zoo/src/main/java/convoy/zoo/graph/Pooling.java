package convoy.zoo.graph;

import java.util.List;

/** Max or average pooling. The average does not count padding in its divisor. */
public record Pooling(Mode mode, int kernel, int stride, int padding, boolean ceil)
    implements Layer {
  /** Which value of a window is taken. */
  public enum Mode {
    MAX,
    AVERAGE
  }

  public Pooling {
    if (2 * padding > kernel) {
      throw new IllegalArgumentException(
          "padding " + padding + " is more than half of the kernel " + kernel);
    }
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.pooling(this);
  }

  @Override
  public String kind() {
    return mode == Mode.MAX ? "maxPooling" : "averagePooling";
  }

  @Override
  public Window window() {
    return new Window(kernel, stride, padding, ceil);
  }

  @Override
  public Shape output(List<Shape> inputs) {
    return window().over(inputs.get(0), inputs.get(0).channels());
  }
}
