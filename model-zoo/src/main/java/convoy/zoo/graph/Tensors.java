package convoy.zoo.graph;

import java.util.List;

/** The tensors that layers have: NAME.weight, NAME.bias and, in batch normalization, two more. */
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
            name + ".weight",
            shape,
            Parameter.Kind.WEIGHT,
            weights.initializer(),
            0,
            fanIns,
            fanOut);
    return List.of(weight, constant(name + ".bias", biases, Parameter.Kind.BIAS, weights.bias()));
  }

  /** Scale 1, shift 0, running mean 0 and running variance 1 for each channel. */
  static List<Parameter> ofBatchNormalization(String name, int channels) {
    return List.of(
        constant(name + ".weight", channels, Parameter.Kind.BIAS, 1),
        constant(name + ".bias", channels, Parameter.Kind.BIAS, 0),
        constant(name + ".running_mean", channels, Parameter.Kind.STATISTIC, 0),
        constant(name + ".running_var", channels, Parameter.Kind.STATISTIC, 1));
  }

  private static Parameter constant(String name, int size, Parameter.Kind kind, double start) {
    return new Parameter(name, List.of(size), kind, null, start, List.of(1), 1);
  }
}
