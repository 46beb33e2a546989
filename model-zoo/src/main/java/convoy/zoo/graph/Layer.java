package convoy.zoo.graph;

import java.util.List;

/**
 * A kind of layer in the zoo. Each kind is a record that knows its arithmetic: its shapes, tensors
 * and multiply-adds follow from the shape of its input.
 */
public interface Layer {
  /** Calls the visitor's method for this kind of layer. */
  <R> R accept(Visitor<R> visitor);

  /** Returns the name of this kind of layer in tables. */
  String kind();

  /** Returns the window, or null for a layer without one. */
  default Window window() {
    return null;
  }

  /** Returns the activation that follows the layer's sum. */
  default Activation activation() {
    return Activation.NONE;
  }

  /** Returns whether the layer takes its input as one vector, in C, H, W order. */
  default boolean flattens() {
    return false;
  }

  /** Returns whether the layer has a tensor {@link Parameter#bias}. */
  default boolean hasBias() {
    return false;
  }

  /**
   * Returns the shape of the output. All layers have one input, except those that join branches.
   *
   * @throws IllegalArgumentException when the layer doesn't fit the input
   */
  default Shape output(List<Shape> inputs) {
    return inputs.get(0);
  }

  /**
   * Returns the tensors of the layer called {@code name}. Weights come before biases, and
   * statistics come last.
   */
  default List<Parameter> parameters(String name, Shape input) {
    return List.of();
  }

  /** Returns how often one picture's values are multiplied by a trained or fixed number. */
  default long multiplyAdds(Shape input, Shape output) {
    return 0;
  }

  /**
   * Does something different for each kind of layer.
   *
   * <p>To add a kind, write its record with shapes, tensors and arithmetic, add a method here that
   * its {@code accept} calls, and add a method to {@link GraphBuilder}. The Java compiler then
   * names every place that must know the new kind: both engines, ONNX, DL4J's network, imports, and
   * the reference in the tests. Also add one more network to {@code GradientTest}. Some visitors
   * treat all but a few kinds in the same way and extend {@link UsualAnswer}; the compiler doesn't
   * name these, so read them.
   *
   * @param <R> the result of each method
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
