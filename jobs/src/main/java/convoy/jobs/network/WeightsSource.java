package convoy.jobs.network;

import convoy.zoo.engine.Network;
import java.io.IOException;
import java.io.Serializable;

/** Where a task's network gets its parameters: a model's tensors or the state of a training. */
public interface WeightsSource extends Serializable {
  /** The same id means the same floats, for as long as the process lives. */
  String id();

  /** Writes every parameter of {@code network}. */
  void load(Network network) throws IOException;
}
