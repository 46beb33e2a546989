package convoy.jobs.simulate;

import convoy.zoo.graph.LayerArithmetic;
import convoy.zoo.graph.LayerArithmetic.Padding;
import java.util.Locale;

/** The allowed places of a layer's windows, named as in Keras. */
public enum Border {
  /** Windows lie inside the input. */
  VALID,
  /** The input is padded with zeros, so that the output has the input's size over the stride. */
  SAME;

  Padding padding(int input, int kernel, int stride) {
    return this == SAME ? LayerArithmetic.same(input, kernel, stride) : Padding.NONE;
  }

  /**
   * The number of windows along a side.
   *
   * @throws IllegalArgumentException if no window fits
   */
  int windows(int input, int kernel, int stride) {
    int windows = LayerArithmetic.outputSize(input, kernel, stride, padding(input, kernel, stride));
    if (windows < 1) {
      throw new IllegalArgumentException(
          "a window of %d does not fit into %d pixels; take a smaller one, or --padding same"
              .formatted(kernel, input));
    }

    return windows;
  }

  /**
   * The formula with its numbers, for a side of the input. Where one more zero stands after the
   * line than before it, both numbers take the place of 2P.
   */
  public String formula(int input, int kernel, int stride) {
    Padding padding = padding(input, kernel, stride);
    boolean even = padding.before() == padding.after();
    int way = input - kernel + padding.before() + padding.after();
    return "W2 = (W1 - F + %s) / S + 1 = (%d - %d + %s) / %d + 1 = %d%s"
        .formatted(
            even ? "2P" : "P before + P after",
            input,
            kernel,
            even ? "2 * " + padding.before() : padding.before() + " + " + padding.after(),
            stride,
            windows(input, kernel, stride),
            way % stride == 0 ? "" : ", rounded down");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
