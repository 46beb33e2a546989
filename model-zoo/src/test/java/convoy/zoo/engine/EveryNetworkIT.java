package convoy.zoo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.zoo.Engines;
import convoy.zoo.Variant;
import convoy.zoo.format.Safetensors;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Parameter;
import convoy.zoo.optimizer.Sgd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests every network of the zoo in every form, with ten classes and the smallest picture that
 * fits.
 */
class EveryNetworkIT {
  private static final OptimizerSpec SGD = Sgd.spec(0.9, 0.0005, 2, 0);

  static List<Variant> typical() {
    return Variant.typical();
  }

  static List<Variant> otherColumns() {
    return Variant.otherColumns();
  }

  @ParameterizedTest
  @MethodSource("otherColumns")
  @Tag("soak")
  void allOfThatHoldsForVggsOtherColumns(Variant variant) throws IOException {
    everyTensorLearnsAndIsSavedAndLoaded(variant);
    otherClassesAndALargerPictureGiveProbabilities(variant);
  }

  /** The test also checks that a saved network, loaded for inference, predicts the same bits. */
  @ParameterizedTest
  @MethodSource("typical")
  void everyTensorLearnsAndIsSavedAndLoaded(Variant variant) throws IOException {
    Graph graph = variant.graph(10, variant.smallest());
    Minibatch batch = Minibatch.drawn(graph, 4, 1);
    ByteArrayOutputStream saved = new ByteArrayOutputStream();
    float[] trained;
    try (Network network = Engines.open("auto", new NetworkSpec(graph, SGD, 4, 1))) {
      network.initialize(42);
      float[] start = Minibatch.values(network.parameters());
      assertThat(network.computeGradient(batch.images(), batch.labels(), 4, 1)).isFinite();
      float[] gradient = Minibatch.values(network.gradient());
      network.update(1e-3, 0);
      float[] moved = Minibatch.values(network.parameters());
      for (ParameterLayout.Tensor tensor : network.layout().tensors()) {
        assertThat(isFinite(moved, tensor)).as("finite %s", tensor.name()).isTrue();
        if (tensor.kind() == Parameter.Kind.STATISTIC) {
          assertThat(part(moved, tensor)).as(tensor.name()).isNotEqualTo(part(start, tensor));
          assertThat(norm(gradient, tensor)).as(tensor.name()).isZero();
        } else if (!Gradients.isShiftedAway(graph, tensor)) {
          assertThat(norm(gradient, tensor)).as("gradient of %s", tensor.name()).isPositive();
        }
      }

      trained = predict(network, batch, graph.classes());
      Safetensors.write(saved, network.layout(), network.parameters());
    }

    Set<String> ofTraining = names(graph);
    ofTraining.removeAll(names(graph.inference()));
    try (Network network = Engines.open("auto", new NetworkSpec(graph, null, 4, 1))) {
      Safetensors.read(
          new ByteArrayInputStream(saved.toByteArray()),
          network.layout(),
          ofTraining,
          network.parameters());
      assertThat(predict(network, batch, graph.classes())).isEqualTo(trained);
    }
  }

  /** The test also checks that the layout holds the graph's tensors one after another. */
  @ParameterizedTest
  @MethodSource("typical")
  void otherClassesAndALargerPictureGiveProbabilities(Variant variant) {
    Graph graph = variant.graph(3, variant.smallest() + 17).inference();
    Minibatch batch = Minibatch.drawn(graph, 2, 1);
    try (Network network = Engines.open("auto", new NetworkSpec(graph, null, 2, 1))) {
      assertLayout(graph, network);
      network.initialize(42);
      float[] probabilities = predict(network, batch, graph.classes());
      assertThat(probabilities).hasSize(6);
      for (int picture = 0; picture < 2; picture++) {
        float sum = 0;
        for (int i = 0; i < 3; i++) {
          sum += probabilities[3 * picture + i];
        }

        assertThat(sum).isCloseTo(1, within(1e-5f));
      }
    }
  }

  private static void assertLayout(Graph graph, Network network) {
    int offset = 0;
    List<ParameterLayout.Tensor> tensors = network.layout().tensors();
    assertThat(tensors).hasSameSizeAs(graph.parameters());
    for (int i = 0; i < tensors.size(); i++) {
      Parameter parameter = graph.parameters().get(i);
      assertThat(tensors.get(i))
          .isEqualTo(
              new ParameterLayout.Tensor(
                  parameter.name(), parameter.shape(), parameter.kind(), offset));
      offset += parameter.size();
    }

    assertThat(network.parameters().length()).isEqualTo(offset);
    assertThat(network.layout().length()).isEqualTo(offset);
    assertThat(network.optimizerState().length()).isZero();
  }

  private static Set<String> names(Graph graph) {
    return graph.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
  }

  private static float[] part(float[] values, ParameterLayout.Tensor tensor) {
    return Arrays.copyOfRange(values, tensor.offset(), tensor.offset() + tensor.size());
  }

  private static boolean isFinite(float[] values, ParameterLayout.Tensor tensor) {
    return Double.isFinite(norm(values, tensor));
  }

  private static double norm(float[] values, ParameterLayout.Tensor tensor) {
    double squares = 0;
    int end = tensor.offset() + tensor.size();
    for (int i = tensor.offset(); i < end; i++) {
      squares += (double) values[i] * values[i];
    }

    return Math.sqrt(squares);
  }

  private static float[] predict(Network network, Minibatch batch, int classes) {
    FloatBuffer probabilities = Minibatch.direct(batch.size() * classes);
    network.predict(batch.images(), batch.size(), probabilities);
    float[] values = new float[probabilities.capacity()];
    probabilities.get(0, values);
    return values;
  }
}
