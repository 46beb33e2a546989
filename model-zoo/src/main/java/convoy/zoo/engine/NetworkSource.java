package convoy.zoo.engine;

import java.io.Serializable;

/**
 * Plain values that travel to a process and open a network there. Networks of equal sources can
 * stand for one another, so an implementation is a record.
 */
public interface NetworkSource extends Serializable {
  /** Opens a network with weights of its own, which are whatever the engine starts with. */
  Network open();

  /** Whether the networks train; those that don't may share their weights. */
  boolean trains();

  /** Opens weights for networks of a source that doesn't train; zero until they are written. */
  SharedWeights openWeights();

  /** Opens a network that reads weights of an equal source. */
  Network open(SharedWeights weights);

  /** The largest minibatch the network takes. */
  int maxBatch();

  /** Length of one probability vector. */
  int classes();
}
