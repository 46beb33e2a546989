package convoy.zoo.optimizer;

import convoy.zoo.engine.ParameterLayout;
import java.nio.FloatBuffer;
import java.util.List;

/** An update rule: one pass over flat vectors in the layout's order, nothing allocated for long. */
public interface Optimizer {
  /** Names of the state vectors, each as long as the parameters, such as {@code momentum}. */
  List<String> stateNames();

  /**
   * Moves the parameters against the gradient of the mean loss.
   *
   * @param tensors those to move, where they lie in each vector; the others stay as they are
   * @param state the state vectors in the order of their names
   * @param iteration the updates of the run before this one, from 0
   */
  void update(
      List<ParameterLayout.Tensor> tensors,
      FloatBuffer parameters,
      FloatBuffer gradient,
      List<FloatBuffer> state,
      double learningRate,
      long iteration);
}
