package convoy.zoo.engine;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * One network in memory. Used by one thread at a time, from any thread after another. The same
 * parameters, minibatch and seed give the same floats.
 *
 * <p>In training the order of calls is {@link #computeGradient} then {@link #update}, again and
 * again. {@link #close} frees native memory.
 */
public interface Network extends AutoCloseable {
  /** The tensors; opened for inference, without those that only training uses. */
  ParameterLayout layout();

  /** The parameters, {@code layout().length()} floats. */
  FlatVector parameters();

  /**
   * The optimizer's state: {@code vectors * layout().length()} floats, each vector in the layout's
   * order; length 0 when opened for inference.
   */
  FlatVector optimizerState();

  /** Names of the optimizer's state vectors, such as {@code momentum}. */
  List<String> optimizerStateNames();

  /** Sets parameters to the architecture's start values drawn from {@code seed}, state to zero. */
  void initialize(long seed);

  /**
   * One forward and backward pass; the gradient of the mean loss stays inside. Batch normalization
   * takes the minibatch's statistics and moves the running ones, which are parameters too.
   *
   * @param images NCHW, {@code size} pictures from position 0 on, direct
   * @param labels class indices, the first {@code size} count
   * @param size examples, at most the batch the network was opened for
   * @param seed of dropout
   * @return the sum of the examples' losses at the output; auxiliary classifiers' losses are in the
   *     gradient alone
   */
  double computeGradient(FloatBuffer images, int[] labels, int size, long seed);

  /** The last gradient in the layout's order, 0 for what does not learn; for tests. */
  FlatVector gradient();

  /**
   * Applies the last gradient with the optimizer's rule.
   *
   * @param iteration the updates of the run before this one, from 0: rules that correct the bias of
   *     their state's start values need it
   */
  void update(double learningRate, long iteration);

  /**
   * Class probabilities.
   *
   * @param images NCHW, {@code size} pictures from position 0 on, direct
   * @param probabilities receives {@code size * classes} floats from position 0 on
   */
  void predict(FloatBuffer images, int size, FloatBuffer probabilities);

  /**
   * What a layer gave for the pictures of the last {@link #predict}, to look inside.
   *
   * @param layer name of a node that inference uses
   * @param into receives {@code size * shape} floats, NCHW, from position 0 on
   */
  void activations(String layer, int size, FloatBuffer into);

  @Override
  void close();
}
