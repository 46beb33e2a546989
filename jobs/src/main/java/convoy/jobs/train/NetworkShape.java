package convoy.jobs.train;

import convoy.jobs.exchange.StateLayout;
import convoy.jobs.exchange.TrainingState;
import convoy.zoo.ZooNetwork;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.ParameterLayout;
import java.util.List;

/** The facts about a network that the driver keeps without keeping the network open. */
record NetworkShape(ParameterLayout parameters, StateLayout state) {

  /** The shape of a network and its first values, drawn from the seed. */
  record Start(NetworkShape shape, TrainingState state) {}

  /**
   * Opens the network once, and closes it again.
   *
   * @param own names of the vectors that the strategy keeps for itself
   */
  static Start start(ZooNetwork source, long seed, List<String> own) {
    try (Network network = source.withMaxBatch(1).open()) {
      network.initialize(seed);
      NetworkShape shape = new NetworkShape(network.layout(), StateLayout.of(network, own));
      return new Start(shape, TrainingState.of(shape.state(), network));
    }
  }
}
