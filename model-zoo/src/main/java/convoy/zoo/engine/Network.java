package convoy.zoo.engine;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * One network in memory. Only one thread may use it at a time, but the threads may take turns. The
 * same parameters, minibatch and seed always give the same floats.
 *
 * <p>In training, callers alternate between {@link #computeGradient} and {@link #update}. {@link
 * #close} frees native memory.
 */
public interface Network extends AutoCloseable {
  /**
   * Returns where the tensors lie. A network opened for inference has no tensors that only training
   * uses.
   */
  ParameterLayout layout();

  /** Returns the parameters, {@code layout().length()} floats. */
  FlatVector parameters();

  /**
   * Returns the optimizer's state: {@code vectors * layout().length()} floats, each vector in the
   * layout's order. Its length is 0 when the network is opened for inference.
   */
  FlatVector optimizerState();

  /** Returns the names of the optimizer's state vectors, such as {@code momentum}. */
  List<String> optimizerStateNames();

  /**
   * Sets the parameters to the architecture's start values drawn from {@code seed}, and the
   * optimizer's state to zero.
   */
  void initialize(long seed);

  /**
   * Runs one forward and one backward pass. The gradient of the mean loss stays inside the network.
   * Batch normalization uses the statistics of the minibatch and moves its running statistics,
   * which are parameters too.
   *
   * @param images NCHW, {@code size} pictures starting at position 0, in a direct buffer
   * @param labels class indices, of which the first {@code size} count
   * @param size number of examples, at most the batch size that the network was opened for
   * @param seed of dropout
   * @return the sum of the examples' losses at the output; the losses of auxiliary classifiers
   *     count in the gradient only
   */
  double computeGradient(FloatBuffer images, int[] labels, int size, long seed);

  /**
   * Returns the last gradient in the layout's order, with 0 for tensors that do not learn. Where
   * gradients of several networks are added up, it is read in place of {@link #update}.
   */
  FlatVector gradient();

  /**
   * Applies the last gradient with the optimizer's rule.
   *
   * @param iteration the number of updates in the run before this one, starting at 0; rules that
   *     correct the bias of their state's start values need it
   */
  void update(double learningRate, long iteration);

  /**
   * Computes class probabilities.
   *
   * @param images NCHW, {@code size} pictures starting at position 0, in a direct buffer
   * @param probabilities receives {@code size * classes} floats, starting at position 0
   */
  void predict(FloatBuffer images, int size, FloatBuffer probabilities);

  /**
   * Reads the output of one layer for the pictures of the last {@link #predict}, so that users can
   * look inside the network.
   *
   * @param layer name of a node that inference uses
   * @param into receives {@code size * shape} floats, NCHW, starting at position 0
   */
  void activations(String layer, int size, FloatBuffer into);

  @Override
  void close();
}
