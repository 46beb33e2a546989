package convoy.zoo.engine;

import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Parameter;

/**
 * Chooses how many pictures of a minibatch go through a network at once when the recipe doesn't say
 * so.
 */
public final class MicroBatches {
  /** This leaves room for VGG-16's parameters, gradients and momentum, which take 2.2 GB more. */
  private static final long WORKING_BYTES = 2L << 30;

  private MicroBatches() {}

  /**
   * Halves the batch until the outputs of all layers, plus half as much for gradients, need less
   * than 2 GiB. A network with batch normalization is never cut, because it takes its statistics
   * from the whole minibatch.
   */
  public static int of(Graph graph, int batch) {
    if (normalizesBatches(graph)) {
      return batch;
    }

    long picture =
        graph.nodes().stream().mapToLong(node -> (long) node.output().size() * Float.BYTES).sum();
    int part = batch;
    while (part > 1 && part * picture * 3 / 2 > WORKING_BYTES) {
      part = (part + 1) / 2;
    }

    return part;
  }

  /**
   * Returns whether parts of a minibatch would give a different result than the whole. This is so
   * if a layer computes statistics of the minibatch.
   */
  public static boolean normalizesBatches(Graph graph) {
    return !graph.parameters().stream().allMatch(Parameter::trainable);
  }
}
