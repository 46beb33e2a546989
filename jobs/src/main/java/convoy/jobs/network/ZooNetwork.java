package convoy.jobs.network;

import convoy.zoo.Engines;
import convoy.zoo.Zoo;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.engine.OptimizerSpec;
import convoy.zoo.engine.Precision;
import convoy.zoo.graph.Architecture;
import java.util.Set;

/**
 * A network of the zoo, opened by name: the graph itself never travels.
 *
 * @param engine as in {@code engine.name}
 * @param optimizer null for inference
 * @param threads native threads
 * @param precision of convolutions and products
 */
public record ZooNetwork(
    String engine,
    String architecture,
    Architecture.Options options,
    OptimizerSpec optimizer,
    int maxBatch,
    int threads,
    Precision precision)
    implements NetworkSource {

  @Override
  public Network open() {
    return Engines.open(engine, spec());
  }

  @Override
  public int classes() {
    return options.classes();
  }

  /** The same as the engine sees it. */
  public NetworkSpec spec() {
    return new NetworkSpec(
        Zoo.architecture(architecture).graph(options),
        optimizer,
        maxBatch,
        threads,
        Set.of(),
        maxBatch,
        precision);
  }
}
