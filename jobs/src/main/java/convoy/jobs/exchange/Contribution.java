package convoy.jobs.exchange;

import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Network;
import java.io.Serializable;
import java.util.Map;
import java.util.UUID;

/**
 * The result of a worker's part of a round. Its vectors must not change until the task ends, as
 * they are read while Spark writes them.
 *
 * @param examples the worker's weight in the mean; if it is 0, its vectors aren't sent
 * @param state a new id for the values that are sent; a network has it only if it holds all of them
 *     as its state
 * @param vectors what the worker sends for each of the layout's {@link StateLayout#inNetworks}, and
 *     for the parameters
 * @param wire how exactly they are sent
 */
public record Contribution<R extends Serializable>(
    long examples, UUID state, Map<String, FlatVector> vectors, Wire wire, R report) {
  public Contribution {
    vectors = Map.copyOf(vectors);
  }

  /** The parameters and the optimizer's state vectors of a network by their names. */
  public static Map<String, FlatVector> vectorsOf(Network network) {
    return NetworkVector.all(network);
  }
}
