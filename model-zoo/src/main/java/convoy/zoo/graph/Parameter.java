package convoy.zoo.graph;

import java.util.List;

/**
 * One trainable tensor: name such as {@code conv1.weight}, shape (convolution OIHW, dense [out,
 * in], bias [out]).
 *
 * @param initializer of a weight, null for a constant start
 * @param constant the start value where there is no initializer
 * @param fanIn inputs of one output value
 * @param fanOut outputs that one input value reaches
 */
public record Parameter(
    String name,
    List<Integer> shape,
    boolean bias,
    Initializer initializer,
    double constant,
    int fanIn,
    int fanOut) {

  public int size() {
    return shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
  }
}
