package convoy.zoo.graph;

import java.util.List;

/**
 * The zoo's layer words, one record a kind. A layer is a value that knows its arithmetic: shapes,
 * tensors and multiply-adds follow from the shape of its input.
 */
public interface Layer {
  /** Calls the visitor's method for this kind of layer. */
  <R> R accept(Visitor<R> visitor);

  /** The word for this layer in tables. */
  String kind();

  /** The window of layers that have one, else null. */
  default Window window() {
    return null;
  }

  /** What follows the sum of layers that have one. */
  default Activation activation() {
    return Activation.NONE;
  }

  /** Whether the layer takes its input as one vector, in C, H, W order. */
  default boolean flattens() {
    return false;
  }

  /** Whether the layer has a tensor {@link Parameter#bias}. */
  default boolean hasBias() {
    return false;
  }

  /**
   * Shape of the output; all layers have one input, except those that bring branches together.
   *
   * @throws IllegalArgumentException when the layer doesn't fit the input
   */
  default Shape output(List<Shape> inputs) {
    return inputs.get(0);
  }

  /** Tensors of the layer called {@code name}, weight before bias, statistics last. */
  default List<Parameter> parameters(String name, Shape input) {
    return List.of();
  }

  /** Products of a trained or fixed number with a value, for one picture. */
  default long multiplyAdds(Shape input, Shape output) {
    return 0;
  }

  /**
   * Does something different for each kind of layer.
   *
   * <p>How to add a kind: write its record with shapes, tensors and arithmetic, add a method here
   * that its {@code accept} calls, and a word to {@link GraphBuilder}. The Java compiler then names
   * every place that has to know the new kind: both engines, ONNX, DL4J's network, imports, and the
   * reference of the tests, where {@code GradientTest} takes one more network. Places where all but
   * a few kinds are the same extend {@link UsualAnswer}; read what extends it.
   *
   * @param <R> what each method gives
   */
  interface Visitor<R> {
    R convolution(Convolution layer);

    R fullyConnected(FullyConnected layer);

    R pooling(Pooling layer);

    R subsampling(Subsampling layer);

    R localResponseNormalization(LocalResponseNormalization layer);

    R batchNormalization(BatchNormalization layer);

    R dropout(Dropout layer);

    R concatenation(Concatenation layer);

    R addition(Addition layer);

    R softmax(Softmax layer);

    R rbf(Rbf layer);
  }
}
