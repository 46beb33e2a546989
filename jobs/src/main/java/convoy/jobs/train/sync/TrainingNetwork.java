package convoy.jobs.train.sync;

import convoy.jobs.network.NetworkSource;
import convoy.zoo.Engines;
import convoy.zoo.FrozenLayers;
import convoy.zoo.Zoo;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.engine.OptimizerSpec;
import convoy.zoo.engine.Precision;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;

/**
 * What every worker opens its network with; runs of equal values may share an open one.
 *
 * @param freeze as in {@code model.freeze}
 * @param microBatch pictures that go through at once
 * @param precision of convolutions and products
 */
public record TrainingNetwork(
    String engine,
    String architecture,
    Architecture.Options options,
    OptimizerSpec optimizer,
    int maxBatch,
    int threads,
    String freeze,
    int microBatch,
    Precision precision)
    implements NetworkSource {
  @Override
  public Network open() {
    Graph graph = Zoo.architecture(architecture).graph(options);
    return Engines.open(
        engine,
        new NetworkSpec(
            graph,
            optimizer,
            maxBatch,
            threads,
            FrozenLayers.of(graph, freeze),
            microBatch,
            precision));
  }

  @Override
  public int classes() {
    return options.classes();
  }
}
