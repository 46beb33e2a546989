package convoy.jobs.exchange;

import convoy.zoo.engine.Network;
import java.io.Serializable;
import java.util.UUID;

/**
 * What a worker has after its part of a round. The network stays as it is until its task ends: its
 * vectors are read from it while Spark writes them.
 *
 * @param examples the worker's weight in the mean; with 0 its vectors aren't sent
 * @param state names what the network holds, unlike any other
 */
public record Contribution<R extends Serializable>(
    long examples, UUID state, Network network, R report) {}
