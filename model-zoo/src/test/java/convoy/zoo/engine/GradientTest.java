package convoy.zoo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.zoo.Engines;
import convoy.zoo.dl4j.StockGradient;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.LocalResponseNormalization;
import convoy.zoo.graph.Parameter;
import convoy.zoo.optimizer.Sgd;
import convoy.zoo.reference.Reference;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares every kind of layer in the engines with plain loops in double, and the loops with
 * numeric differences.
 */
@ParameterizedClass
@ValueSource(strings = {"plan", "nd4j"})
class GradientTest {
  private final String engine;

  GradientTest(String engine) {
    this.engine = engine;
  }

  private static final double STEP = 1e-5;

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "convoy.zoo.engine.GradientNetworks#networks",
    "convoy.zoo.engine.GradientNetworks#wideNetworks"
  })
  void probabilitiesLossGradientAndStatisticsAreTheDefinitions(
      String name, Graph graph, Set<String> frozen) {
    Minibatch batch = Minibatch.drawn(graph, 3, 5);
    OptimizerSpec sgd = Sgd.spec(0.9, 0, 1, 1);
    try (Network network =
        Engines.open(engine, new NetworkSpec(graph, sgd, 4, 1).withFrozen(frozen))) {
      network.initialize(7);
      spread(network.parameters());
      double[] parameters = Gradients.doubles(network.parameters());
      Reference reference = new Reference(graph, network.layout(), parameters, frozen);
      double[] pictures = Gradients.doubles(batch.images());

      FloatBuffer probabilities = Minibatch.direct(batch.size() * graph.classes());
      network.predict(batch.images(), batch.size(), probabilities);
      double[] expected = reference.probabilities(pictures);
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) probabilities.get(i)).isCloseTo(expected[i], within(2e-6));
      }

      double loss = network.computeGradient(batch.images(), batch.labels(), batch.size(), 1);
      Reference.Result trained = reference.train(pictures, batch.labels());
      assertThat(loss).isCloseTo(trained.loss(), within(2e-5));
      double[] gradient = Gradients.doubles(network.gradient());
      double[] exact = trained.gradient();
      Optional<double[]> stock = StockGradient.of(graph, network.parameters(), batch);
      for (ParameterLayout.Tensor tensor : network.layout().tensors()) {
        double[] actual = Gradients.part(gradient, tensor);
        if (tensor.kind() == Parameter.Kind.STATISTIC || frozen.contains(tensor.layer())) {
          assertThat(actual).as(tensor.name()).containsOnly(0);
        } else if (Gradients.isShiftedAway(graph, tensor)) {
          assertThat(Gradients.norm(actual)).as(tensor.name()).isLessThan(1e-6);
        } else {
          double[] slope = Gradients.part(exact, tensor);
          assertThat(Gradients.norm(slope)).as("gradient of %s", tensor.name()).isGreaterThan(1e-4);
          assertThat(Gradients.relativeError(actual, slope))
              .as("error of %s", tensor.name())
              .isLessThan(bound(graph, tensor, stock, slope));
        }
      }

      assertStatistics(network, parameters, trained.statistics());
    }
  }

  /**
   * This tests the reference itself: its backward pass must agree with numeric differences of its
   * forward pass.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("convoy.zoo.engine.GradientNetworks#networks")
  void theReferencesGradientIsTheSlopeOfItsObjective(String name, Graph graph, Set<String> frozen) {
    Minibatch batch = Minibatch.drawn(graph, 3, 5);
    OptimizerSpec sgd = Sgd.spec(0.9, 0, 1, 1);
    try (Network network =
        Engines.open(engine, new NetworkSpec(graph, sgd, 4, 1).withFrozen(frozen))) {
      network.initialize(7);
      spread(network.parameters());
      double[] parameters = Gradients.doubles(network.parameters());
      Reference reference = new Reference(graph, network.layout(), parameters, frozen);
      double[] pictures = Gradients.doubles(batch.images());
      double[] exact = reference.train(pictures, batch.labels()).gradient();
      double[] differences = differences(reference, pictures, batch.labels(), parameters);
      for (ParameterLayout.Tensor tensor : network.layout().tensors()) {
        double[] slope = Gradients.part(differences, tensor);
        double[] actual = Gradients.part(exact, tensor);
        boolean learns = tensor.kind() != Parameter.Kind.STATISTIC;
        for (int i = 0; learns && i < slope.length; i++) {
          assertThat(actual[i]).as(tensor.name()).isCloseTo(slope[i], within(1e-8));
        }
      }
    }
  }

  /**
   * The start values of small layers are nearly equal in places. Random changes make every term
   * count.
   */
  private static void spread(FlatVector vector) {
    float[] values = Minibatch.values(vector);
    Random random = new Random(3);
    for (int i = 0; i < values.length; i++) {
      values[i] += 0.1f * (2 * random.nextFloat() - 1);
    }

    vector.write(0, FloatBuffer.wrap(values));
  }

  private static double[] differences(
      Reference reference, double[] pictures, int[] labels, double[] parameters) {
    double[] gradient = new double[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      double value = parameters[i];
      parameters[i] = value + STEP;
      double up = reference.objective(pictures, labels);
      parameters[i] = value - STEP;
      double down = reference.objective(pictures, labels);
      parameters[i] = value;
      gradient[i] = (up - down) / (2 * STEP) / labels.length;
    }

    return gradient;
  }

  /**
   * Returns twice the error of DL4J's own layers, but at least 1e-6. DL4J's gradient of local
   * response normalization is not reliable, so networks with it have a fixed bound.
   */
  private static double bound(
      Graph graph, ParameterLayout.Tensor tensor, Optional<double[]> stock, double[] slope) {
    boolean doubtful =
        graph.nodes().stream().anyMatch(node -> node.layer() instanceof LocalResponseNormalization);
    if (stock.isEmpty() || doubtful) {
      return 1e-5;
    }

    double error = Gradients.relativeError(Gradients.part(stock.get(), tensor), slope);
    return Math.max(2 * error, 1e-6);
  }

  /**
   * Running statistics must have moved to the reference's values, and everything else must be
   * unchanged.
   */
  private static void assertStatistics(
      Network network, double[] before, Map<String, double[]> moved) {
    double[] now = Gradients.doubles(network.parameters());
    for (ParameterLayout.Tensor tensor : network.layout().tensors()) {
      double[] expected = moved.getOrDefault(tensor.name(), Gradients.part(before, tensor));
      double[] actual = Gradients.part(now, tensor);
      for (int i = 0; i < actual.length; i++) {
        assertThat(actual[i]).as(tensor.name()).isCloseTo(expected[i], within(1e-6));
      }
    }
  }
}
