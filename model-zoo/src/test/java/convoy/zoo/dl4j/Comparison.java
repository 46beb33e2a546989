package convoy.zoo.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.zoo.Engines;
import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Minibatch;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.engine.OptimizerSpec;
import convoy.zoo.graph.Graph;
import convoy.zoo.nd4j.BufferVector;
import convoy.zoo.optimizer.Sgd;
import java.nio.FloatBuffer;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Runs DL4J's own network and the engine's with the same parameters and pictures and compares them.
 */
final class Comparison {
  private static final OptimizerSpec SGD = Sgd.spec(0.9, 0.01, 2, 0.5);
  private static final List<Double> RATES = List.of(0.02, 0.01, 0.005);

  private Comparison() {}

  static void with(Graph graph) {
    Minibatch batch = Minibatch.drawn(graph, 4, 3);
    ComputationGraph theirs = ComputationGraphs.of(graph, new SgdRule(SGD, RATES), 1);
    Dl4jTensors tensors = Dl4jTensors.of(graph, theirs);
    try (Network ours = Engines.open("auto", new NetworkSpec(graph, SGD, 4, 1))) {
      ours.initialize(11);
      tensors.copy(ours.parameters(), theirs.params());
      DataSet data = dataSet(graph, batch);

      FloatBuffer probabilities = Minibatch.direct(4 * 10);
      ours.predict(batch.images(), 4, probabilities);
      INDArray output = theirs.outputSingle(false, data.getFeatures());
      for (int i = 0; i < 40; i++) {
        assertThat(probabilities.get(i)).isCloseTo(output.getFloat(i / 10, i % 10), within(1e-5f));
      }

      double loss = ours.computeGradient(batch.images(), batch.labels(), 4, 0);
      theirs.setInputs(data.getFeatures());
      theirs.setLabels(data.getLabels());
      theirs.computeGradientAndScore();
      FlatVector gradient = vector(ours.layout().length());
      tensors.copy(theirs.getFlattenedGradients().div(4), gradient);
      assertClose("gradient", Minibatch.values(ours.gradient()), Minibatch.values(gradient));
      assertThat(loss / 4)
          .isCloseTo(theirs.score() - theirs.calcRegularizationScore(true), within(1e-4));

      for (double rate : RATES) {
        ours.computeGradient(batch.images(), batch.labels(), 4, 0);
        ours.update(rate, 0);
        theirs.fit(data);
      }

      assertSame(tensors, theirs.params(), ours.parameters(), "parameters");
      assertSame(
          tensors, theirs.getUpdater().getStateViewArray(), ours.optimizerState(), "momentum");
    }
  }

  private static void assertSame(
      Dl4jTensors tensors, INDArray theirs, FlatVector ours, String what) {
    FlatVector copy = vector(ours.length());
    tensors.copy(theirs, copy);
    assertClose(what, Minibatch.values(ours), Minibatch.values(copy));
  }

  /**
   * The difference is relative to the length of the vector, because sums in a different order
   * differ in the last digits.
   */
  private static void assertClose(String what, float[] ours, float[] theirs) {
    double error = 0;
    double norm = 0;
    for (int i = 0; i < ours.length; i++) {
      error += Math.pow(ours[i] - theirs[i], 2);
      norm += Math.pow(ours[i], 2);
    }

    assertThat(Math.sqrt(error / norm)).as(what).isLessThan(1e-4);
  }

  static DataSet dataSet(Graph graph, Minibatch batch) {
    return Dl4jDataSets.of(graph, batch.images(), batch.labels(), batch.size());
  }

  static FlatVector vector(int length) {
    FloatBuffer values = FloatBuffer.allocate(length);
    return new BufferVector(values, length);
  }
}
