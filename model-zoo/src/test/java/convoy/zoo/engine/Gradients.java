package convoy.zoo.engine;

import convoy.zoo.graph.Activation;
import convoy.zoo.graph.BatchNormalization;
import convoy.zoo.graph.Convolution;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Layer;
import convoy.zoo.graph.Parameter;
import convoy.zoo.graph.Pooling;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/** Helps tests to compare gradients. */
public final class Gradients {
  private Gradients() {}

  public static double[] part(double[] values, ParameterLayout.Tensor tensor) {
    return Arrays.copyOfRange(values, tensor.offset(), tensor.offset() + tensor.size());
  }

  /**
   * Returns the values of a tensor from a vector outside the heap. The vector of the largest
   * network is too long to copy often.
   */
  public static double[] part(FlatVector vector, ParameterLayout.Tensor tensor) {
    FloatBuffer values = FloatBuffer.allocate(tensor.size());
    vector.read(tensor.offset(), values);
    return doubles(values);
  }

  public static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(value -> value * value).sum());
  }

  /** Returns the length of the difference divided by the length of the expected vector. */
  public static double relativeError(double[] actual, double[] expected) {
    double squares = 0;
    for (int i = 0; i < expected.length; i++) {
      double error = actual[i] - expected[i];
      squares += error * error;
    }

    return Math.sqrt(squares) / norm(expected);
  }

  /**
   * Returns whether a batch normalization removes this bias again: the layers between them have no
   * activation, and the bias moves all values of a channel alike until the normalization. The
   * gradient of such a bias is only rounding error.
   */
  public static boolean isShiftedAway(Graph graph, ParameterLayout.Tensor tensor) {
    return tensor.name().equals(Parameter.bias(tensor.layer()))
        && graph.nodes().stream()
            .filter(node -> node.name().equals(tensor.layer()))
            .allMatch(node -> node.layer().activation() == Activation.NONE)
        && isNormalized(graph, tensor.layer());
  }

  private static boolean isNormalized(Graph graph, String layer) {
    List<Graph.Node> readers =
        graph.nodes().stream().filter(node -> node.inputs().contains(layer)).toList();
    return !readers.isEmpty()
        && readers.stream()
            .allMatch(
                node ->
                    node.layer() instanceof BatchNormalization
                        || (movesAlike(node.layer()) && isNormalized(graph, node.name())));
  }

  /** With zeros around the picture, the values at its border move less. */
  private static boolean movesAlike(Layer layer) {
    return layer instanceof Pooling
        || (layer instanceof Convolution convolution
            && convolution.padding() == 0
            && convolution.activation() == Activation.NONE);
  }

  public static double[] doubles(FlatVector vector) {
    return doubles(FloatBuffer.wrap(Minibatch.values(vector)));
  }

  /** Returns all values from position 0 to the capacity. */
  public static double[] doubles(FloatBuffer values) {
    double[] result = new double[values.capacity()];
    for (int i = 0; i < result.length; i++) {
      result[i] = values.get(i);
    }

    return result;
  }
}
