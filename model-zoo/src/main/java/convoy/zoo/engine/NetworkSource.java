package convoy.zoo.engine;

import java.io.Serializable;

/**
 * Plain values that travel to a process and open a network there. Networks of equal sources can
 * stand for one another, so an implementation is a record.
 */
public interface NetworkSource extends Serializable {
  /** Opens a network; its weights are whatever the engine starts with. */
  Network open();

  /** The largest minibatch the network takes. */
  int maxBatch();

  /** Length of one probability vector. */
  int classes();
}
