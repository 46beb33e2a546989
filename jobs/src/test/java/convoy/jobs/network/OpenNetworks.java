package convoy.jobs.network;

import convoy.zoo.Engines;
import convoy.zoo.Zoo;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import java.nio.FloatBuffer;

/** Opens a small network and predicts, again and again, as an executor does. */
final class OpenNetworks {
  private static final int PICTURES = 16;

  private OpenNetworks() {}

  /** Takes one argument: the number of native threads of a network. */
  public static void main(String[] arguments) {
    Architecture smallest = Zoo.architecture("lenet5-modern");
    Graph graph = smallest.graph(smallest.defaults());
    FloatBuffer black = FloatBuffer.allocate(PICTURES * graph.input().size());
    int threads = Integer.parseInt(arguments[0]);
    for (int i = 0; i < 3; i++) {
      try (Network network =
          Engines.open("auto", new NetworkSpec(graph, null, PICTURES, threads))) {
        network.predict(black, PICTURES, FloatBuffer.allocate(PICTURES * graph.classes()));
      }
    }

    System.out.println("opened");
  }
}
