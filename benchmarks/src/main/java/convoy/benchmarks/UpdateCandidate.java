package convoy.benchmarks;

import convoy.zoo.Engines;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.graph.Graph;

/** The engine's update alone, of the same gradient again and again. */
final class UpdateCandidate implements Candidate {
  /** Reads of parameter, gradient and momentum, writes of parameter and momentum. */
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
