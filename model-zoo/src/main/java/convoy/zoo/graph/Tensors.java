package convoy.zoo.graph;

import java.util.List;

final class Tensors {
  private Tensors() {}

  static List<Parameter> of(
      String name,
      List<Integer> shape,
      List<Integer> fanIns,
      int fanOut,
      int biases,
      Weights weights) {
    Parameter weight =
        new Parameter(
            Parameter.weight(name),
            shape,
            Parameter.Kind.WEIGHT,
            weights.initializer(),
            0,
            fanIns,
            fanOut);
    if (!weights.hasBias()) {
      return List.of(weight);
    }

    return List.of(
        weight, constant(Parameter.bias(name), biases, Parameter.Kind.BIAS, weights.bias()));
  }

  /** Each channel starts with scale 1, shift 0, running mean 0 and running variance 1. */
  static List<Parameter> ofBatchNormalization(String name, int channels) {
    return List.of(
        constant(Parameter.weight(name), channels, Parameter.Kind.BIAS, 1),
        constant(Parameter.bias(name), channels, Parameter.Kind.BIAS, 0),
        constant(Parameter.runningMean(name), channels, Parameter.Kind.STATISTIC, 0),
        constant(Parameter.runningVariance(name), channels, Parameter.Kind.STATISTIC, 1));
  }

  private static Parameter constant(String name, int size, Parameter.Kind kind, double start) {
    return new Parameter(name, List.of(size), kind, null, start, List.of(1), 1);
  }
}
