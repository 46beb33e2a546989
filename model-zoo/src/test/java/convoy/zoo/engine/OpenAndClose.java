package convoy.zoo.engine;

import convoy.zoo.Engines;
import convoy.zoo.Zoo;
import convoy.zoo.graph.Graph;
import convoy.zoo.optimizer.Sgd;
import java.io.IOException;

/**
 * Opens, uses and closes networks, and prints the memory and the threads of the process in between.
 */
public final class OpenAndClose {
  private static final OptimizerSpec SGD = Sgd.spec(0.9, 0, 1, 1);
  private static final int WARM = 100;

  private OpenAndClose() {}

  /** The argument is the number of networks. */
  public static void main(String[] arguments) throws IOException {
    Graph graph =
        Zoo.architecture("lenet5-modern").graph(Zoo.architecture("lenet5-modern").defaults());
    Minibatch drawn = Minibatch.drawn(graph, 256, 1);
    for (int i = 0; i < WARM; i++) {
      use(graph, drawn);
    }

    long before = ResidentMemory.kilobytes();
    int threads = ResidentMemory.threads();
    for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
      use(graph, drawn);
    }

    // Closing a network tells its threads to end but doesn't wait for them.
    long patience = System.nanoTime() + 10_000_000_000L;
    while (ResidentMemory.threads() > threads && System.nanoTime() < patience) {
      Thread.onSpinWait();
    }

    System.out.printf(
        "memory %d %d%nthreads %d %d%n",
        before, ResidentMemory.kilobytes(), threads, ResidentMemory.threads());
  }

  private static void use(Graph graph, Minibatch drawn) {
    try (Network network = Engines.open("plan", new NetworkSpec(graph, SGD, drawn.size(), 2))) {
      network.initialize(1);
      network.computeGradient(drawn.images(), drawn.labels(), drawn.size(), 1);
      network.update(0.01, 0);
      network.predict(drawn.images(), 5, Minibatch.direct(5 * graph.classes()));
    }

    System.gc();
  }
}
