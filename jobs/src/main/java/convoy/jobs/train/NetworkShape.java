package convoy.jobs.train;

import convoy.jobs.exchange.StateLayout;
import convoy.jobs.exchange.TrainingState;
import convoy.jobs.train.sync.SyncStrategy;
import convoy.zoo.ZooNetwork;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.ParameterLayout;

/** The facts about a network that the driver keeps without keeping the network open. */
record NetworkShape(ParameterLayout parameters, StateLayout state) {
  /** Opens the network once, and closes it again. */
  static NetworkShape of(ZooNetwork source, SyncStrategy strategy) {
    try (Network network = source.withMaxBatch(1).open()) {
      return new NetworkShape(network.layout(), strategy.layout(network));
    }
  }

  /** The first values of the network, drawn from the seed. */
  TrainingState initial(ZooNetwork source, long seed) {
    try (Network network = source.withMaxBatch(1).open()) {
      network.initialize(seed);
      return TrainingState.of(state, network);
    }
  }
}
