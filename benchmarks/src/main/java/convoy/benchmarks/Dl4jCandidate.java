package convoy.benchmarks;

import convoy.zoo.dl4j.ComputationGraphs;
import convoy.zoo.dl4j.Dl4jDataSets;
import convoy.zoo.dl4j.Dl4jTensors;
import convoy.zoo.dl4j.SgdRule;
import convoy.zoo.graph.Graph;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** DL4J's own network of DL4J's own layers, with its default settings. */
final class Dl4jCandidate implements Candidate {
  private final Workload workload;
  private final Pictures pictures;
  private final DataSet data;
  private final ComputationGraph network;
  // DL4J's score includes the weight decay and the loss doesn't. It hardly changes in the few
  // iterations that are compared.
  private final double weightDecay;

  Dl4jCandidate(Workload workload, boolean dropout) {
    Graph graph = workload.graph(dropout);
    this.workload = workload;
    this.pictures = Pictures.drawn(graph, workload.batch());
    this.network = ComputationGraphs.of(graph, new SgdRule(SGD, List.of(LEARNING_RATE)), SEED);
    this.data = Dl4jDataSets.of(graph, pictures.images(), pictures.labels(), workload.batch());
    Dl4jTensors.of(graph, network).copy(new StartValues(graph), network.params());
    this.weightDecay = network.calcRegularizationScore(true);
  }

  /** Returns whether DL4J has all layers of a network. */
  static boolean knows(Workload workload) {
    return ComputationGraphs.problems(workload.graph(true)).isEmpty();
  }

  @Override
  public double iterate() {
    if (workload.mode() == Mode.TRAIN) {
      network.fit(data);
      return network.score() - weightDecay;
    }

    INDArray probabilities = network.outputSingle(false, data.getFeatures());
    return pictures.loss(probabilities.dup('c').data().asNioFloat());
  }

  @Override
  public void close() {
    network.clear();
  }
}
