package convoy.zoo.plan;

import static convoy.zoo.graph.Activation.NONE;
import static convoy.zoo.graph.Window.kernel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import convoy.zoo.Engines;
import convoy.zoo.engine.Gradients;
import convoy.zoo.engine.Minibatch;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.engine.OptimizerSpec;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.GraphBuilder;
import convoy.zoo.graph.Initializer;
import convoy.zoo.graph.Shape;
import convoy.zoo.graph.Weights;
import convoy.zoo.optimizer.Sgd;
import convoy.zoo.reference.Reference;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares Winograd's convolutions, which round more than sums of products, with loops in double.
 */
class WinogradIT {
  private static final int CHANNELS = 256;
  private static final int SIDE = 8;

  /**
   * With this many pictures, ND4J uses Winograd's convolutions. With 8 pictures or fewer it uses
   * sums of products.
   */
  private static final int LARGE = 16;

  private static final int CLASSES = 10;
  private static final double BOUND = 1e-6;
  private static final OptimizerSpec SGD = Sgd.spec(0, 0, 1, 1);
  private static final Weights WEIGHTS = Weights.of(new Initializer.Glorot());

  private static final Graph GRAPH =
      GraphBuilder.build(
          "winograd",
          new Shape(CHANNELS, SIDE, SIDE),
          CLASSES,
          net ->
              net.convolution("first", CHANNELS, kernel(1), WEIGHTS, NONE)
                  .convolution("second", CHANNELS, kernel(3).padding(1), WEIGHTS, NONE)
                  .fullyConnected("logits", CLASSES, WEIGHTS, NONE)
                  .softmax("softmax"));

  @ParameterizedTest
  @ValueSource(ints = {8, LARGE})
  void allThreePassesRoundAtMostTwiceAsMuchAsNd4jsWinograd(int batch) {
    Minibatch pictures = Minibatch.drawn(GRAPH, batch, 2);
    Minibatch large = Minibatch.drawn(GRAPH, LARGE, 2);
    try (PlanNetwork plan = (PlanNetwork) PlanNetwork.open(new NetworkSpec(GRAPH, SGD, batch, 1));
        Network stock = Engines.open("nd4j", new NetworkSpec(GRAPH, SGD, LARGE, 1))) {
      assumeTrue(
          plan.lines().stream().anyMatch(line -> line.contains("wino")),
          "this CPU has no AVX-512, oneDNN no Winograd for it");
      assertThat(plan.lines())
          .filteredOn(line -> line.contains("wino"))
          .extracting(line -> line.replaceAll(" \\[.*", ""))
          .contains("second", "second weights gradient", "second input gradient");
      double[] actual = gradient(plan, pictures);
      double[] theirs = gradient(stock, large);
      double[] expected = exact(plan, pictures);
      double[] expectedOfThem = exact(stock, large);
      for (ParameterLayout.Tensor tensor : plan.layout().tensors()) {
        double bound = Math.max(2 * error(tensor, theirs, expectedOfThem), BOUND);
        assertThat(error(tensor, actual, expected)).as(tensor.name()).isLessThan(bound);
      }
    }
  }

  private static double[] gradient(Network network, Minibatch batch) {
    network.initialize(1);
    network.computeGradient(batch.images(), batch.labels(), batch.size(), 0);
    return Gradients.doubles(network.gradient());
  }

  private static double[] exact(Network network, Minibatch batch) {
    double[] parameters = Gradients.doubles(network.parameters());
    return new Reference(GRAPH, network.layout(), parameters, Set.of())
        .train(Gradients.doubles(batch.images()), batch.labels())
        .gradient();
  }

  private static double error(ParameterLayout.Tensor tensor, double[] actual, double[] expected) {
    return Gradients.relativeError(
        Gradients.part(actual, tensor), Gradients.part(expected, tensor));
  }
}
