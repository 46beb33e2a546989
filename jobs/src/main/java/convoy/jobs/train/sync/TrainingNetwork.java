package convoy.jobs.train.sync;

import convoy.jobs.engine.NetworkSource;
import convoy.zoo.Architecture;
import convoy.zoo.Zoo;
import convoy.zoo.engine.Engines;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.optimizer.OptimizerSpec;

/** What every worker opens its network with; runs of equal values may share an open one. */
public record TrainingNetwork(
    String engine,
    String architecture,
    Architecture.Options options,
    OptimizerSpec optimizer,
    int maxBatch,
    int threads)
    implements NetworkSource {
  @Override
  public Network open() {
    return Engines.open(
        engine,
        new NetworkSpec(
            Zoo.architecture(architecture).graph(options), optimizer, maxBatch, threads));
  }

  @Override
  public int classes() {
    return options.classes();
  }
}
