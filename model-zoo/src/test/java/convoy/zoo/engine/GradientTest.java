package convoy.zoo.engine;

import static convoy.zoo.graph.Activation.NONE;
import static convoy.zoo.graph.Activation.RELU;
import static convoy.zoo.graph.Activation.SCALED_TANH;
import static convoy.zoo.graph.Window.kernel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.zoo.graph.Graph;
import convoy.zoo.graph.GraphBuilder;
import convoy.zoo.graph.Initializer;
import convoy.zoo.graph.Shape;
import convoy.zoo.graph.Weights;
import convoy.zoo.optimizer.OptimizerSpec;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layer word of the engine against plain loops in double and their numeric differences. */
class GradientTest {
  private static final Weights WEIGHTS = Weights.of(new Initializer.Glorot()).bias(0.1);
  private static final double STEP = 1e-5;

  static Stream<Arguments> networks() {
    return Stream.of(
        network("convolution", net -> net.convolution("b", 4, kernel(3), WEIGHTS, RELU)),
        network(
            "convolution with stride and padding that leave a rest",
            net -> net.convolution("b", 4, kernel(4).stride(3).padding(1), WEIGHTS, RELU)),
        network(
            "grouped convolution",
            net -> net.groupedConvolution("b", 2, 6, kernel(3).padding(1), WEIGHTS, RELU)),
        network(
            "convolution with a connection table",
            net ->
                net.connectedConvolution(
                    "b",
                    List.of(List.of(0, 2), List.of(1), List.of(1, 2, 3)),
                    kernel(3),
                    WEIGHTS,
                    SCALED_TANH)),
        network("max pooling", net -> net.maxPooling("b", kernel(3).stride(2))),
        network("max pooling with padding", net -> net.maxPooling("b", kernel(3).padding(1))),
        network("max pooling with ceil", net -> net.maxPooling("b", kernel(2).stride(2).ceil())),
        network("average pooling", net -> net.averagePooling("b", kernel(3).stride(2).padding(1))),
        network("subsampling", net -> net.subsampling("b", 2, SCALED_TANH)),
        network(
            "local response normalization",
            net -> net.localResponseNormalization("b", 3, 2, 0.4, 0.75)),
        network(
            "local response normalization to another power",
            net -> net.localResponseNormalization("b", 5, 1, 0.9, 0.5)),
        network("dropout of nothing", net -> net.dropout("b", 0)),
        network(
            "concatenation",
            net ->
                net.concatenation(
                    "b",
                    branch -> branch.convolution("b1", 2, kernel(1), WEIGHTS, RELU),
                    branch -> branch.convolution("b2", 3, kernel(3).padding(1), WEIGHTS, RELU),
                    branch -> branch.maxPooling("b3", kernel(3).padding(1)))),
        network(
            "auxiliary classifier",
            net ->
                net.auxiliaryClassifier(
                        0.3,
                        side ->
                            side.averagePooling("s1", kernel(3).stride(2))
                                .fullyConnected("s2", 3, WEIGHTS, NONE)
                                .softmax("s3"))
                    .convolution("b", 3, kernel(3), WEIGHTS, RELU)),
        network("fully connected", net -> net.fullyConnected("b", 7, WEIGHTS, SCALED_TANH)),
        Arguments.of("rbf", rbf()));
  }

  /** The layers between a convolution, which needs their input gradient, and an output. */
  private static Arguments network(String name, Consumer<GraphBuilder> layers) {
    return Arguments.of(
        name,
        GraphBuilder.build(
            name,
            new Shape(2, 9, 9),
            3,
            net -> {
              net.convolution("a", 4, kernel(3), WEIGHTS, NONE);
              layers.accept(net);
              net.fullyConnected("c", 3, WEIGHTS, NONE);
              net.softmax("softmax");
            }));
  }

  private static Graph rbf() {
    return GraphBuilder.build(
        "rbf",
        new Shape(2, 4, 4),
        3,
        net -> {
          net.fullyConnected("a", 4, WEIGHTS, SCALED_TANH);
          net.rbf(
              "out", List.of(List.of(1, -1, 1, 1), List.of(1, 1, -1, 1), List.of(-1, 1, 1, -1)), 1);
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void probabilitiesLossAndGradientAreTheDefinitions(String name, Graph graph) {
    Minibatch batch = Minibatch.drawn(graph, 3, 5);
    OptimizerSpec sgd = new OptimizerSpec("sgd", 0.9, 0, 1, 1);
    try (Network network = Engines.open("auto", new NetworkSpec(graph, sgd, 4, 1))) {
      network.initialize(7);
      spread(network.parameters());
      double[] parameters = doubles(Minibatch.values(network.parameters()));
      Reference reference = new Reference(graph, network.layout(), parameters);

      FloatBuffer probabilities = Minibatch.direct(batch.size() * graph.classes());
      network.predict(batch.images(), batch.size(), probabilities);
      for (int picture = 0; picture < batch.size(); picture++) {
        double[] expected = reference.probabilities(picture(batch, picture));
        for (int i = 0; i < expected.length; i++) {
          assertThat((double) probabilities.get(picture * expected.length + i))
              .isCloseTo(expected[i], within(2e-6));
        }
      }

      double loss = network.computeGradient(batch.images(), batch.labels(), batch.size(), 1);
      assertThat(loss).isCloseTo(loss(reference, batch), within(2e-5));
      assertSameGradient(
          network.layout(),
          Minibatch.values(network.gradient()),
          differences(reference, batch, parameters));
    }
  }

  /** Small layers start nearly equal in places; other values make every term count. */
  private static void spread(FlatVector vector) {
    float[] values = Minibatch.values(vector);
    Random random = new Random(3);
    for (int i = 0; i < values.length; i++) {
      values[i] += 0.1f * (2 * random.nextFloat() - 1);
    }

    vector.write(0, FloatBuffer.wrap(values));
  }

  private static double[] differences(Reference reference, Minibatch batch, double[] parameters) {
    double[] gradient = new double[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      double value = parameters[i];
      parameters[i] = value + STEP;
      double up = objective(reference, batch);
      parameters[i] = value - STEP;
      double down = objective(reference, batch);
      parameters[i] = value;
      gradient[i] = (up - down) / (2 * STEP) / batch.size();
    }

    return gradient;
  }

  private static void assertSameGradient(
      ParameterLayout layout, float[] actual, double[] expected) {
    for (ParameterLayout.Tensor tensor : layout.tensors()) {
      double error = 0;
      double norm = 0;
      for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
        error += Math.pow(actual[i] - expected[i], 2);
        norm += Math.pow(expected[i], 2);
      }

      assertThat(Math.sqrt(norm)).as("gradient of %s", tensor.name()).isGreaterThan(1e-4);
      assertThat(Math.sqrt(error / norm)).as("error of %s", tensor.name()).isLessThan(1e-5);
    }
  }

  private static double loss(Reference reference, Minibatch batch) {
    double loss = 0;
    for (int picture = 0; picture < batch.size(); picture++) {
      loss += reference.loss(picture(batch, picture), batch.labels()[picture]);
    }

    return loss;
  }

  private static double objective(Reference reference, Minibatch batch) {
    double loss = 0;
    for (int picture = 0; picture < batch.size(); picture++) {
      loss += reference.objective(picture(batch, picture), batch.labels()[picture]);
    }

    return loss;
  }

  private static double[] picture(Minibatch batch, int index) {
    float[] values = new float[batch.images().capacity() / batch.size()];
    batch.images().get(index * values.length, values);
    return doubles(values);
  }

  private static double[] doubles(float[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i];
    }

    return result;
  }
}
