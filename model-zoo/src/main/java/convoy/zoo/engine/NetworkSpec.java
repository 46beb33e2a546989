package convoy.zoo.engine;

import convoy.zoo.graph.Graph;
import java.util.HashSet;
import java.util.Set;

/**
 * What an engine needs to open a network: the graph, and how to execute it.
 *
 * @param frozen names of the layers that training leaves unchanged, including the running
 *     statistics of batch normalization; if a layer is frozen, all layers that it reads from are
 *     frozen too
 */
public record NetworkSpec(Graph graph, Execution execution, Set<String> frozen) {

  public NetworkSpec {
    if (execution.trains()
        && execution.microBatch() < execution.maxBatch()
        && MicroBatches.normalizesBatches(graph)) {
      throw new IllegalArgumentException(
          "parts of "
              + execution.microBatch()
              + " pictures: batch normalization takes its statistics from the whole minibatch");
    }

    frozen = Set.copyOf(frozen);
    for (Graph.Node node : graph.nodes()) {
      Set<String> inputs = new HashSet<>(node.inputs());
      inputs.remove(Graph.INPUT);
      if (frozen.contains(node.name()) && !frozen.containsAll(inputs)) {
        throw new IllegalArgumentException(
            "layer " + node.name() + " is frozen, but not all of its inputs are: " + inputs);
      }
    }
  }

  /** Describes a network in which every layer learns from whole minibatches in float32. */
  public NetworkSpec(Graph graph, OptimizerSpec optimizer, int maxBatch, int threads) {
    this(graph, new Execution(optimizer, maxBatch, threads), Set.of());
  }

  public NetworkSpec withFrozen(Set<String> layers) {
    return new NetworkSpec(graph, execution, layers);
  }

  public NetworkSpec withMicroBatch(int microBatch) {
    return new NetworkSpec(graph, execution.withMicroBatch(microBatch), frozen);
  }

  public NetworkSpec withPrecision(Precision precision) {
    return new NetworkSpec(graph, execution.withPrecision(precision), frozen);
  }

  public OptimizerSpec optimizer() {
    return execution.optimizer();
  }

  public int maxBatch() {
    return execution.maxBatch();
  }

  public int threads() {
    return execution.threads();
  }

  public int microBatch() {
    return execution.microBatch();
  }

  public Precision precision() {
    return execution.precision();
  }
}
