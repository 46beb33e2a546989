package convoy.jobs.train;

import convoy.jobs.exchange.FirstState;
import convoy.jobs.exchange.StateLayout;
import convoy.jobs.train.sync.SyncStrategy;
import convoy.zoo.ZooNetwork;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.ParameterLayout;

/** The facts about a network that the driver keeps without keeping the network open. */
record NetworkShape(ParameterLayout parameters, StateLayout state) {
  /** Opens the network once, and closes it again. */
  static NetworkShape of(ZooNetwork source, SyncStrategy strategy, int workers) {
    try (Network network = source.withMaxBatch(1).open()) {
      return new NetworkShape(network.layout(), strategy.layout(network).forWorkers(workers));
    }
  }

  /** A state that is to be filled. The caller closes it. */
  FirstState open(ZooNetwork source) {
    return new FirstState(state, source.withMaxBatch(1).open());
  }
}
