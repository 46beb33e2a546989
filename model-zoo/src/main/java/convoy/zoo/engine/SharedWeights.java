package convoy.zoo.engine;

/**
 * The parameters of one network, held in memory once and read by any number of networks that are
 * opened for inference on them. Each of these networks only adds its own working memory. It gives
 * the same floats as a network with parameters of its own.
 *
 * <p>The order of calls is: open the weights, write all parameters, then open networks. While one
 * of these networks is open, the parameters can be read but not written, neither here nor through
 * the network.
 *
 * <p>Whoever opens the weights closes them, and whoever opens a network closes that network. The
 * memory is freed when the weights and all of their networks are closed, in any order. Every method
 * may be called from any thread at any time. The networks may work at the same time, but each
 * network serves only one thread at a time.
 */
public interface SharedWeights extends AutoCloseable {
  /** Returns where the tensors lie, without those that only training uses. */
  ParameterLayout layout();

  /**
   * Returns the parameters, {@code layout().length()} floats. They are zero until they are written.
   *
   * <p>Writing throws an IllegalStateException while a network is open on them.
   */
  FlatVector parameters();

  /**
   * Opens a network that reads these parameters.
   *
   * @param execution without an optimizer; the batch size, threads and precision may differ between
   *     the networks of the same weights
   * @throws EngineException when the network can't work in this process or on this machine
   */
  Network open(Execution execution);

  /**
   * Closes the weights: no further network can be opened on them, and the open ones stay usable.
   */
  @Override
  void close();
}
