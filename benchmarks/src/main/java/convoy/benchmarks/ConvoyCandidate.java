package convoy.benchmarks;

import convoy.zoo.Engines;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.graph.Graph;
import java.nio.FloatBuffer;

/** Convoy's engine as a worker uses it. Pictures come in and probabilities go out as NCHW. */
final class ConvoyCandidate implements Candidate {
  private final Workload workload;
  private final Network network;
  private final Pictures pictures;
  private final FloatBuffer probabilities;
  private long iteration;

  ConvoyCandidate(Workload workload, boolean dropout) {
    this(workload, dropout, Pictures.drawn(workload.graph(dropout), workload.batch()));
  }

  ConvoyCandidate(Workload workload, boolean dropout, Pictures pictures) {
    Graph graph = workload.graph(dropout);
    boolean training = workload.mode() == Mode.TRAIN;
    this.workload = workload;
    this.network =
        Engines.open(
            "auto",
            new NetworkSpec(graph, training ? SGD : null, workload.batch(), workload.threads())
                .withPrecision(workload.precision()));
    network.initialize(SEED);
    this.pictures = pictures;
    this.probabilities = Pictures.direct(workload.batch() * graph.classes());
  }

  @Override
  public double iterate() {
    int batch = workload.batch();
    if (workload.mode() == Mode.INFER) {
      network.predict(pictures.images(), batch, probabilities);
      return pictures.loss(probabilities);
    }

    double loss =
        network.computeGradient(pictures.images(), pictures.labels(), batch, SEED + iteration);
    network.update(LEARNING_RATE, iteration++);
    return loss / batch;
  }

  @Override
  public void close() {
    network.close();
  }
}
