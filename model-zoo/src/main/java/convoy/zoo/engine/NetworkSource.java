package convoy.zoo.engine;

import java.io.Serializable;

/**
 * Plain values that are sent to another process and open a network there. Networks of equal sources
 * are interchangeable, so an implementation is a record.
 */
public interface NetworkSource extends Serializable {
  /**
   * Opens a network with weights of its own. They are zero until they are initialized or written.
   */
  Network open();

  /** Returns whether the networks train. Networks that don't train may share their weights. */
  boolean trains();

  /**
   * Opens weights for networks of a source that doesn't train. They are zero until they are
   * written.
   */
  SharedWeights openWeights();

  /** Opens a network that reads the weights of an equal source. */
  Network open(SharedWeights weights);

  /** Returns the size of the largest minibatch that the network takes. */
  int maxBatch();

  /** Returns the length of one probability vector. */
  int classes();
}
