package convoy.zoo.format;

import convoy.zoo.engine.ParameterLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A tensor with its name in a file and its place in a flat vector. The offset is in floats. */
record VectorTensor(String name, List<Integer> shape, int offset, int size) {

  /** Returns a network's parameters, sorted by name. */
  static List<VectorTensor> ofParameters(ParameterLayout layout) {
    return sorted(placed("", 0, layout));
  }

  /** Returns the tensors of state vectors that lie one after another, sorted by name. */
  static List<VectorTensor> ofState(ParameterLayout layout, List<String> vectors) {
    List<VectorTensor> tensors = new ArrayList<>();
    for (int index = 0; index < vectors.size(); index++) {
      int start = Math.multiplyExact(index, layout.length());
      tensors.addAll(placed(vectors.get(index) + ".", start, layout));
    }
    return sorted(tensors);
  }

  private static List<VectorTensor> placed(String prefix, int start, ParameterLayout layout) {
    return layout.tensors().stream()
        .map(
            tensor ->
                new VectorTensor(
                    prefix + tensor.name(),
                    tensor.shape(),
                    Math.addExact(start, tensor.offset()),
                    tensor.size()))
        .toList();
  }

  private static List<VectorTensor> sorted(List<VectorTensor> tensors) {
    return tensors.stream().sorted(Comparator.comparing(VectorTensor::name)).toList();
  }
}
