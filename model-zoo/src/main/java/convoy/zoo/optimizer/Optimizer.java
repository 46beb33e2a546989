package convoy.zoo.optimizer;

import convoy.zoo.engine.ParameterLayout;
import java.nio.FloatBuffer;
import java.util.List;

/** An update rule: one pass over flat vectors in the layout's order, without large allocations. */
public interface Optimizer {
  /**
   * Returns the names of the state vectors, such as {@code momentum}. Each vector is as long as the
   * parameters.
   */
  List<String> stateNames();

  /**
   * Moves the parameters against the gradient of the mean loss.
   *
   * @param tensors those to move, with their places in each vector; all others stay unchanged
   * @param state the state vectors in the order of their names
   * @param iteration the number of updates in the run before this one, starting at 0
   */
  void update(
      List<ParameterLayout.Tensor> tensors,
      FloatBuffer parameters,
      FloatBuffer gradient,
      List<FloatBuffer> state,
      double learningRate,
      long iteration);
}
