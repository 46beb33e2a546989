package convoy.zoo.engine;

import convoy.zoo.Engines;
import convoy.zoo.Zoo;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import convoy.zoo.optimizer.Sgd;

/**
 * Trains one minibatch of two pictures on a network of the zoo. In a process with DNNL_VERBOSE=1,
 * oneDNN prints each primitive that it runs, with its implementation.
 */
public final class OneMinibatch {
  private OneMinibatch() {}

  /** The arguments are the engine and the network, which has its paper's size. */
  public static void main(String[] arguments) {
    Architecture architecture = Zoo.architecture(arguments[1]);
    Graph graph = architecture.graph(architecture.defaults());
    Minibatch batch = Minibatch.drawn(graph, 2, 1);
    OptimizerSpec sgd = Sgd.spec(0.9, 0, 1, 1);
    try (Network network = Engines.open(arguments[0], new NetworkSpec(graph, sgd, 2, 1))) {
      network.initialize(1);
      double loss = network.computeGradient(batch.images(), batch.labels(), 2, 1);
      network.update(0.01, 0);
      System.out.println("loss " + loss);
    }
  }
}
