package convoy.jobs.exchange;

import convoy.zoo.engine.Network;
import java.io.Serializable;
import java.util.UUID;

/**
 * The result of a worker's part of a round. The network must not change until the task ends, as its
 * vectors are read from it while Spark writes them.
 *
 * @param examples the worker's weight in the mean; if it is 0, its vectors aren't sent
 * @param state a new id for the values in the network
 */
public record Contribution<R extends Serializable>(
    long examples, UUID state, Network network, R report) {}
