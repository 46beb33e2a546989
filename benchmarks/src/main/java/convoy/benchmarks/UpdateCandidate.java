package convoy.benchmarks;

import convoy.zoo.Engines;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.graph.Graph;

/** Runs only the engine's update, with the same gradient each time. */
final class UpdateCandidate implements Candidate {
  /** The reads of parameter, gradient and momentum, and the writes of parameter and momentum. */
  static final int TRANSFERS = 5;

  private final Network network;

  UpdateCandidate(Workload workload) {
    Graph graph = workload.graph(true);
    this.network = Engines.open("auto", new NetworkSpec(graph, SGD, 1, workload.threads()));
    network.initialize(SEED);
    Pictures picture = Pictures.drawn(graph, 1);
    network.computeGradient(picture.images(), picture.labels(), 1, SEED);
  }

  @Override
  public double iterate() {
    network.update(LEARNING_RATE, 0);
    return 0;
  }

  @Override
  public void close() {
    network.close();
  }
}
