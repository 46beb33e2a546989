package convoy.zoo.engine;

import convoy.zoo.graph.Graph;
import java.util.HashSet;
import java.util.Set;

/**
 * What an engine needs to open a network.
 *
 * @param optimizer null for inference
 * @param maxBatch the largest minibatch that will come
 * @param threads native threads
 * @param frozen names of layers that training leaves as they are, batch normalization's running
 *     values included; with a layer all that it reads is frozen
 * @param microBatch pictures that go through the network at once: a larger minibatch goes in parts
 *     whose gradients are added up in their order
 * @param precision of convolutions and products
 */
public record NetworkSpec(
    Graph graph,
    OptimizerSpec optimizer,
    int maxBatch,
    int threads,
    Set<String> frozen,
    int microBatch,
    Precision precision) {

  public NetworkSpec {
    if (microBatch < 1 || microBatch > maxBatch) {
      throw new IllegalArgumentException(
          "parts of " + microBatch + " pictures of a minibatch of " + maxBatch);
    }

    if (optimizer != null && microBatch < maxBatch && MicroBatches.normalizesBatches(graph)) {
      throw new IllegalArgumentException(
          "parts of "
              + microBatch
              + " pictures: batch normalization takes its statistics from the whole minibatch");
    }

    frozen = Set.copyOf(frozen);
    for (Graph.Node node : graph.nodes()) {
      Set<String> inputs = new HashSet<>(node.inputs());
      inputs.remove(Graph.INPUT);
      if (frozen.contains(node.name()) && !frozen.containsAll(inputs)) {
        throw new IllegalArgumentException(
            "layer " + node.name() + " is frozen, not all that it reads: " + inputs);
      }
    }
  }

  /** Computes in floats. */
  public NetworkSpec(
      Graph graph,
      OptimizerSpec optimizer,
      int maxBatch,
      int threads,
      Set<String> frozen,
      int microBatch) {
    this(graph, optimizer, maxBatch, threads, frozen, microBatch, Precision.FLOAT32);
  }

  /** Minibatches go through as a whole. */
  public NetworkSpec(
      Graph graph, OptimizerSpec optimizer, int maxBatch, int threads, Set<String> frozen) {
    this(graph, optimizer, maxBatch, threads, frozen, maxBatch);
  }

  /** Everything learns, minibatches go through as a whole. */
  public NetworkSpec(Graph graph, OptimizerSpec optimizer, int maxBatch, int threads) {
    this(graph, optimizer, maxBatch, threads, Set.of());
  }
}
