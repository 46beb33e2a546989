package convoy.zoo.engine;

import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Parameter;

/** How many pictures of a minibatch go through a network at once, where nobody says. */
public final class MicroBatches {
  /** VGG-16's parameters, gradients and momentum are 2.2 GB beside it. */
  private static final long WORKING_BYTES = 2L << 30;

  private MicroBatches() {}

  /**
   * The batch, or as many halves of it as keep what the layers give and half as much for gradients
   * below 2 GiB. Batch normalization takes its statistics from the whole, so it is never cut.
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
   * Whether parts of a minibatch would give another network than the whole, as in every layer that
   * measures the minibatch.
   */
  public static boolean normalizesBatches(Graph graph) {
    return !graph.parameters().stream().allMatch(Parameter::trainable);
  }
}
