package convoy.zoo.graph;

import java.util.List;

/** The pair of tensors that layers with weights have: NAME.weight and NAME.bias. */
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
        new Parameter(name + ".weight", shape, false, weights.initializer(), 0, fanIns, fanOut);
    Parameter bias =
        new Parameter(name + ".bias", List.of(biases), true, null, weights.bias(), List.of(1), 1);
    return List.of(weight, bias);
  }
}
