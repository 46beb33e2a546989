package convoy.zoo.graph;

import java.util.List;

/**
 * One tensor of a layer: name such as {@code conv1.weight}, shape (convolution OIHW, dense [out,
 * in], bias [out], a convolution with a connection table [planes, 1, kernel, kernel]).
 *
 * @param initializer of a weight, null for a constant start
 * @param constant the start value where there is no initializer
 * @param fanIns inputs of one output value: one for all, or one for each index of the first
 *     dimension where they differ (the planes of a connection table)
 * @param fanOut outputs that one input value reaches at stride 1
 */
public record Parameter(
    String name,
    List<Integer> shape,
    Kind kind,
    Initializer initializer,
    double constant,
    List<Integer> fanIns,
    int fanOut) {

  /** What a tensor is to training. */
  public enum Kind {
    WEIGHT,
    /** One number a channel beside the weights: biases, batch normalization's scale and shift. */
    BIAS,
    /** What a layer measures while it trains: no gradient, never touched by an optimizer. */
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

  /** The name of the weights of a layer, of a batch normalization's scales. */
  public static String weight(String layer) {
    return layer + ".weight";
  }

  /** The name of the biases of a layer, of a batch normalization's shifts. */
  public static String bias(String layer) {
    return layer + ".bias";
  }

  /** The name of a batch normalization's running means. */
  public static String runningMean(String layer) {
    return layer + ".running_mean";
  }

  /** The name of a batch normalization's running variances. */
  public static String runningVariance(String layer) {
    return layer + ".running_var";
  }

  public boolean bias() {
    return kind == Kind.BIAS;
  }

  /** Whether an optimizer moves it. */
  public boolean trainable() {
    return kind != Kind.STATISTIC;
  }

  /** Number of floats. */
  public int size() {
    return shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
  }

  /** Inputs of one output value, for the weights at {@code index} of the first dimension. */
  public int fanIn(int index) {
    return fanIns.size() == 1 ? fanIns.get(0) : fanIns.get(index);
  }
}
