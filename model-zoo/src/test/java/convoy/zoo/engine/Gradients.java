package convoy.zoo.engine;

import convoy.zoo.graph.BatchNormalization;
import convoy.zoo.graph.Graph;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** What tests of gradients compare. */
public final class Gradients {
  private Gradients() {}

  /** The values of a tensor. */
  public static double[] part(double[] values, ParameterLayout.Tensor tensor) {
    return Arrays.copyOfRange(values, tensor.offset(), tensor.offset() + tensor.size());
  }

  /** The same of a vector outside the heap: the largest network's is too long to copy often. */
  public static double[] part(FlatVector vector, ParameterLayout.Tensor tensor) {
    FloatBuffer values = FloatBuffer.allocate(tensor.size());
    vector.read(tensor.offset(), values);
    return doubles(values);
  }

  public static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(value -> value * value).sum());
  }

  /** The length of the difference, in lengths of what is expected. */
  public static double relativeError(double[] actual, double[] expected) {
    double squares = 0;
    for (int i = 0; i < expected.length; i++) {
      double error = actual[i] - expected[i];
      squares += error * error;
    }

    return Math.sqrt(squares) / norm(expected);
  }

  /** A normalization behind it takes a convolution's bias out again: its gradient is rounding. */
  public static boolean isShiftedAway(Graph graph, ParameterLayout.Tensor tensor) {
    return tensor.bias()
        && graph.nodes().stream()
            .anyMatch(
                node ->
                    node.layer() instanceof BatchNormalization
                        && node.inputs().contains(tensor.layer()));
  }

  public static double[] doubles(FlatVector vector) {
    return doubles(FloatBuffer.wrap(Minibatch.values(vector)));
  }

  /** From position 0 to the end. */
  public static double[] doubles(FloatBuffer values) {
    double[] result = new double[values.capacity()];
    for (int i = 0; i < result.length; i++) {
      result[i] = values.get(i);
    }

    return result;
  }
}
