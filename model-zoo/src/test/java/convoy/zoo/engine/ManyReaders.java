package convoy.zoo.engine;

import convoy.zoo.Engines;
import convoy.zoo.Zoo;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Opens networks that share weights and prints the memory of the process after each of them. */
public final class ManyReaders {
  private ManyReaders() {}

  /** The arguments are the network and how many to open. */
  public static void main(String[] arguments) throws IOException {
    Architecture architecture = Zoo.architecture(arguments[0]);
    Graph graph = architecture.graph(architecture.defaults());
    Minibatch drawn = Minibatch.drawn(graph, 1, 1);
    FloatBuffer probabilities = Minibatch.direct(graph.classes());
    List<Network> networks = new ArrayList<>();
    StringBuilder memory = new StringBuilder("memory");
    try (SharedWeights weights = Engines.openWeights("plan", new NetworkSpec(graph, null, 1, 1))) {
      for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
        networks.add(weights.open(new Execution(null, 1, 1)));
        networks.get(i).predict(drawn.images(), 1, probabilities);
        memory.append(' ').append(ResidentMemory.kilobytes());
      }
    }

    System.out.println(
        "weights " + 4L * graph.parameters().stream().mapToLong(p -> p.size()).sum() / 1024);
    System.out.println(memory);
    networks.forEach(Network::close);
    System.out.println("closed " + ResidentMemory.kilobytes());
  }
}
