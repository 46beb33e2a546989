package convoy.zoo;

import convoy.zoo.engine.Execution;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSource;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.engine.SharedWeights;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;

/**
 * Names a network of the zoo. The graph itself is never sent to another process: it is built where
 * the network is opened.
 *
 * @param architecture as in {@code model.name}
 * @param freeze as in {@code model.freeze}
 * @param engine as in {@code engine.name}
 */
public record ZooNetwork(
    String architecture,
    Architecture.Options options,
    String freeze,
    String engine,
    Execution execution)
    implements NetworkSource {

  @Override
  public Network open() {
    return Engines.open(engine, spec());
  }

  @Override
  public boolean trains() {
    return execution.trains();
  }

  @Override
  public SharedWeights openWeights() {
    return Engines.openWeights(engine, spec());
  }

  @Override
  public Network open(SharedWeights weights) {
    return weights.open(execution);
  }

  /** Builds the graph and returns the specification that an engine takes. */
  public NetworkSpec spec() {
    Graph graph = Zoo.architecture(architecture).graph(options);
    return new NetworkSpec(graph, execution, FrozenLayers.of(graph, freeze));
  }

  /**
   * Returns the same network for minibatches of at most {@code maxBatch} pictures, which are not
   * cut into parts.
   */
  public ZooNetwork withMaxBatch(int maxBatch) {
    return new ZooNetwork(architecture, options, freeze, engine, execution.withMaxBatch(maxBatch));
  }

  @Override
  public int maxBatch() {
    return execution.maxBatch();
  }

  @Override
  public int classes() {
    return options.classes();
  }
}
