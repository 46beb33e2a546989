package convoy.zoo.engine;

import convoy.zoo.Engines;
import convoy.zoo.Zoo;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import convoy.zoo.optimizer.Sgd;
import java.io.IOException;

/**
 * Trains a network of the zoo while the garbage collector runs often. It prints the memory of the
 * process after a tenth of the training and at its end.
 */
public final class LongTraining {
  private static final OptimizerSpec SGD = Sgd.spec(0.9, 0.0005, 2, 0);
  private static final int ITERATIONS_A_COLLECTION = 25;

  private LongTraining() {}

  /**
   * The arguments are the network (in its paper's size), the pictures of a minibatch and the number
   * of iterations.
   */
  public static void main(String[] arguments) throws IOException {
    Architecture architecture = Zoo.architecture(arguments[0]);
    Graph graph = architecture.graph(architecture.defaults());
    Minibatch batch = Minibatch.drawn(graph, Integer.parseInt(arguments[1]), 1);
    int iterations = Integer.parseInt(arguments[2]);
    long early = 0;
    double loss = Double.NaN;
    try (Network network = Engines.open("plan", new NetworkSpec(graph, SGD, batch.size(), 1))) {
      network.initialize(1);
      for (int i = 1; i <= iterations; i++) {
        loss = network.computeGradient(batch.images(), batch.labels(), batch.size(), i);
        network.update(1e-4, i - 1);
        if (i % ITERATIONS_A_COLLECTION == 0) {
          System.gc();
        }

        if (i == iterations / 10) {
          early = ResidentMemory.kilobytes();
        }
      }

      System.out.printf("memory %d %d%nloss %s%n", early, ResidentMemory.kilobytes(), loss);
    }
  }
}
