package convoy.zoo.engine;

import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where each named tensor lies in the flat vector; each tensor is contiguous, in C order. */
public record ParameterLayout(List<Tensor> tensors) {
  /** Name, shape (OIHW, [out, in], [out]) and offset in floats. */
  public record Tensor(String name, List<Integer> shape, Parameter.Kind kind, int offset) {
    public boolean bias() {
      return kind == Parameter.Kind.BIAS;
    }

    /** The layer's name: all before the last dot. */
    public String layer() {
      return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    public int size() {
      return shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
    }
  }

  public ParameterLayout {
    tensors = List.copyOf(tensors);
  }

  /** The graph's tensors in its order. */
  public static ParameterLayout of(Graph graph) {
    List<Tensor> tensors = new ArrayList<>();
    int offset = 0;
    for (Parameter parameter : graph.parameters()) {
      tensors.add(new Tensor(parameter.name(), parameter.shape(), parameter.kind(), offset));
      offset = Math.addExact(offset, parameter.size());
    }

    return new ParameterLayout(tensors);
  }

  /** The tensors that an optimizer may move, where they lie; without those of frozen layers. */
  public List<Tensor> trained(Set<String> frozen) {
    return tensors.stream()
        .filter(tensor -> tensor.kind() != Parameter.Kind.STATISTIC)
        .filter(tensor -> !frozen.contains(tensor.layer()))
        .toList();
  }

  /** Floats of all tensors together. */
  public int length() {
    return tensors.stream().mapToInt(Tensor::size).reduce(0, Math::addExact);
  }
}
