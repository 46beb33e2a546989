package convoy.zoo.engine;

import java.util.List;

/** Where each named tensor lies in the flat vector; each tensor is contiguous, in C order. */
public record ParameterLayout(List<Tensor> tensors) {
  /** Name, shape (OIHW, [out, in], [out]) and offset in floats. */
  public record Tensor(String name, List<Integer> shape, boolean bias, int offset) {
    public int size() {
      return shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
    }
  }

  public ParameterLayout {
    tensors = List.copyOf(tensors);
  }

  /** Floats of all tensors together. */
  public int length() {
    return tensors.stream().mapToInt(Tensor::size).reduce(0, Math::addExact);
  }
}
