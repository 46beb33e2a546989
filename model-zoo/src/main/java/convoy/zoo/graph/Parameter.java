package convoy.zoo.graph;

import java.util.List;

/**
 * One tensor of a layer. It has a name such as {@code conv1.weight}. Its shape is OIHW for a
 * convolution, [out, in] for dense weights, [out] for a bias, and [planes, 1, kernel, kernel] for a
 * convolution with a connection table.
 *
 * @param initializer of a weight, or null for a constant start value
 * @param constant the start value if there is no initializer
 * @param fanIns the number of inputs of one output value: one entry for all, or one for each index
 *     of the first dimension if they differ (as for the planes of a connection table)
 * @param fanOut the number of outputs that one input value reaches at stride 1
 */
public record Parameter(
    String name,
    List<Integer> shape,
    Kind kind,
    Initializer initializer,
    double constant,
    List<Integer> fanIns,
    int fanOut) {

  /** How training treats a tensor. */
  public enum Kind {
    WEIGHT,
    /**
     * One value for each channel beside the weights: biases, and the scale and shift of batch
     * normalization.
     */
    BIAS,
    /**
     * Values that a layer measures while it trains. They have no gradient, and no optimizer changes
     * them.
     */
    STATISTIC
  }

  public Parameter {
    shape = List.copyOf(shape);
    fanIns = List.copyOf(fanIns);
    if (shape.isEmpty() || (fanIns.size() != 1 && fanIns.size() != shape.get(0))) {
      throw new IllegalArgumentException(
          name + ": " + fanIns.size() + " fan-ins for a tensor of shape " + shape);
    }
    if (shape.stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b)
        > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%s of %s has more than %d numbers: take fewer classes or a smaller picture"
              .formatted(name, shape, Integer.MAX_VALUE));
    }
  }

  /** Returns the name of a layer's weights, or of a batch normalization's scales. */
  public static String weight(String layer) {
    return layer + ".weight";
  }

  /** Returns the name of a layer's biases, or of a batch normalization's shifts. */
  public static String bias(String layer) {
    return layer + ".bias";
  }

  /** Returns the name of a batch normalization's running means. */
  public static String runningMean(String layer) {
    return layer + ".running_mean";
  }

  /** Returns the name of a batch normalization's running variances. */
  public static String runningVariance(String layer) {
    return layer + ".running_var";
  }

  public boolean bias() {
    return kind == Kind.BIAS;
  }

  /** Returns whether an optimizer may change the tensor. */
  public boolean trainable() {
    return kind != Kind.STATISTIC;
  }

  public int size() {
    return shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
  }

  /**
   * Returns the number of inputs of one output value for the weights at {@code index} of the first
   * dimension.
   */
  public int fanIn(int index) {
    return fanIns.size() == 1 ? fanIns.get(0) : fanIns.get(index);
  }
}
