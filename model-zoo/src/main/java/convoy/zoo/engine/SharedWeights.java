package convoy.zoo.engine;

/**
 * The parameters of one network, held in memory once and read by any number of networks that are
 * opened for inference on them. Each of these networks adds its working memory alone, and gives the
 * same floats as a network with parameters of its own.
 *
 * <p>The order of calls is: open the weights, write all parameters, then open networks. While one
 * of these networks is open, the parameters can be read but not written, neither here nor through
 * the network.
 *
 * <p>Whoever opens the weights closes them, and whoever opens a network closes that network. The
 * memory is freed when the weights and all of their networks are closed, in any order. Every method
 * may be called from any thread at any time; the networks may work at the same time, each one for
 * one thread.
 */
public interface SharedWeights extends AutoCloseable {
  /** The tensors, without those that only training uses. */
  ParameterLayout layout();

  /**
   * The parameters, {@code layout().length()} floats; zero until they are written.
   *
   * <p>Writing throws an IllegalStateException while a network is open on them.
   */
  FlatVector parameters();

  /**
   * Opens a network that reads these parameters.
   *
   * @param execution without an optimizer; batch, threads and precision may differ between the
   *     networks of the same weights
   * @throws EngineException when it can't work in this process or on this machine
   */
  Network open(Execution execution);

  /** Lets go of the weights: no further network opens on them, and those that are open stay. */
  @Override
  void close();
}
