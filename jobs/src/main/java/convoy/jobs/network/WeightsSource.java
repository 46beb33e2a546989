package convoy.jobs.network;

import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.ParameterLayout;
import java.io.IOException;
import java.io.Serializable;

/** A source of a network's parameters: the tensors of a model, or the state of a training. */
public interface WeightsSource extends Serializable {
  /** The id. Sources with the same id have the same floats, as long as the process lives. */
  String id();

  /**
   * Writes every parameter.
   *
   * @param layout layout of the tensors in {@code into}
   */
  void load(ParameterLayout layout, FlatVector into) throws IOException;
}
