package convoy.jobs.network;

import convoy.zoo.engine.Network;
import java.io.Serializable;

/**
 * Plain values that travel to a task and open a network there. Equal sources open networks that can
 * stand for one another: implement as a record.
 */
public interface NetworkSource extends Serializable {
  /** Opens a network; its weights are whatever the engine starts with. */
  Network open();

  /** The largest minibatch the network takes. */
  int maxBatch();

  /** Length of one probability vector. */
  int classes();
}
