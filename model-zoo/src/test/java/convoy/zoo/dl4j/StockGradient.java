package convoy.zoo.dl4j;

import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Gradients;
import convoy.zoo.engine.Minibatch;
import convoy.zoo.graph.Graph;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.DataSet;

/** Computes the gradient with DL4J's own layers. */
public final class StockGradient {
  private StockGradient() {}

  /**
   * Returns the gradient of the mean loss in the order of {@code parameters}, or empty if DL4J
   * lacks a layer.
   */
  public static Optional<double[]> of(Graph graph, FlatVector parameters, Minibatch batch) {
    if (!ComputationGraphs.problems(graph).isEmpty()) {
      return Optional.empty();
    }

    ComputationGraph network = ComputationGraphs.of(graph, null, 1);
    Dl4jTensors tensors = Dl4jTensors.of(graph, network);
    tensors.copy(parameters, network.params());
    DataSet data = Comparison.dataSet(graph, batch);
    network.setInputs(data.getFeatures());
    network.setLabels(data.getLabels());
    network.computeGradientAndScore();
    FlatVector gradient = Comparison.vector(parameters.length());
    tensors.copy(network.getFlattenedGradients().div(batch.size()), gradient);
    return Optional.of(Gradients.doubles(gradient));
  }
}
