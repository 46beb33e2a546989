package convoy.zoo.engine;

import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Layer;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** What tests of gradients compare. */
public final class Gradients {
  private Gradients() {}

  /** The values of a tensor. */
  public static double[] part(double[] values, ParameterLayout.Tensor tensor) {
    return Arrays.copyOfRange(values, tensor.offset(), tensor.offset() + tensor.size());
  }

  public static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(value -> value * value).sum());
  }

  /** The length of the difference, in lengths of what is expected. */
  public static double relativeError(double[] actual, double[] expected) {
    double[] error = new double[expected.length];
    for (int i = 0; i < error.length; i++) {
      error[i] = actual[i] - expected[i];
    }

    return norm(error) / norm(expected);
  }

  /** A normalization behind it takes a convolution's bias out again: its gradient is rounding. */
  public static boolean isShiftedAway(Graph graph, ParameterLayout.Tensor tensor) {
    return tensor.bias()
        && graph.nodes().stream()
            .anyMatch(
                node ->
                    node.layer() instanceof Layer.BatchNormalization
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
