package convoy.zoo.engine;

import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Parameter;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Says where each named tensor lies in the flat vector. Each tensor is contiguous and in C order.
 */
public record ParameterLayout(List<Tensor> tensors) {
  /** A tensor with its name, its shape (OIHW, [out, in] or [out]) and its offset in floats. */
  public record Tensor(String name, List<Integer> shape, Parameter.Kind kind, int offset)
      implements Serializable {
    public boolean bias() {
      return kind == Parameter.Kind.BIAS;
    }

    /** Returns the layer's name, which is everything before the last dot. */
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

  /** Lays out the graph's tensors in the order of the graph. */
  public static ParameterLayout of(Graph graph) {
    List<Tensor> tensors = new ArrayList<>();
    int offset = 0;
    for (Parameter parameter : graph.parameters()) {
      tensors.add(new Tensor(parameter.name(), parameter.shape(), parameter.kind(), offset));
      offset = Math.addExact(offset, parameter.size());
    }

    return new ParameterLayout(tensors);
  }

  /**
   * Returns the tensors that an optimizer may change, each with its place in the vector. Frozen
   * layers have none.
   */
  public List<Tensor> trained(Set<String> frozen) {
    return tensors.stream()
        .filter(tensor -> tensor.kind() != Parameter.Kind.STATISTIC)
        .filter(tensor -> !frozen.contains(tensor.layer()))
        .toList();
  }

  /** Returns the number of floats of all tensors together. */
  public int length() {
    if (tensors.isEmpty()) {
      return 0;
    }

    Tensor last = tensors.get(tensors.size() - 1);
    return Math.addExact(last.offset(), last.size());
  }
}
