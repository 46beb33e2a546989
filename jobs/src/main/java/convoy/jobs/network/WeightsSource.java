package convoy.jobs.network;

import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.ParameterLayout;
import java.io.IOException;
import java.io.Serializable;

/** Where a task gets a network's parameters: a model's tensors or the state of a training. */
public interface WeightsSource extends Serializable {
  /** The same id means the same floats, for as long as the process lives. */
  String id();

  /**
   * Writes every parameter.
   *
   * @param layout of the tensors in {@code into}
   */
  void load(ParameterLayout layout, FlatVector into) throws IOException;
}
