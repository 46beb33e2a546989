package convoy.zoo.dl4j;

import static convoy.zoo.graph.GraphBuilder.identity;
import static convoy.zoo.graph.Window.kernel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import convoy.zoo.Zoo;
import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Minibatch;
import convoy.zoo.engine.OptimizerSpec;
import convoy.zoo.graph.Activation;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.GraphBuilder;
import convoy.zoo.graph.Initializer;
import convoy.zoo.graph.Shape;
import convoy.zoo.graph.Weights;
import convoy.zoo.optimizer.Sgd;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that DL4J's own network and the engine's compute the same function of the same named
 * tensors.
 */
class ComputationGraphsTest {
  private static final OptimizerSpec SGD = Sgd.spec(0.9, 0.01, 2, 0.5);
  private static final List<Double> RATES = List.of(0.02, 0.01, 0.005);

  static Stream<Arguments> graphs() {
    return Stream.of(
        Arguments.of("lenet5-modern", architecture("lenet5-modern", 28)),
        Arguments.of("branches", branches()),
        Arguments.of("residual", residual()));
  }

  /** Builds the network without dropout, because the two draw different random numbers. */
  static Graph architecture(String name, int pixels) {
    Architecture architecture = Zoo.architecture(name);
    int channels = architecture.defaults().inputChannels();
    double dropout = name.startsWith("alexnet") ? 0 : -1;
    return architecture.graph(new Architecture.Options(10, pixels, channels, dropout, "he"));
  }

  private static Graph branches() {
    Weights weights = Weights.of(new Initializer.He()).bias(0.1);
    return GraphBuilder.build(
        "branches",
        new Shape(2, 12, 12),
        10,
        net -> {
          net.convolution("a", 6, kernel(3).padding(1), weights, Activation.RELU);
          net.concatenation(
              "b",
              branch -> branch.groupedConvolution("b1", 3, 6, kernel(3), weights, Activation.RELU),
              branch -> branch.averagePooling("b2", kernel(3)));
          net.localResponseNormalization("c", 5, 1, 0.5, 0.75);
          net.averagePooling("d", kernel(3).stride(2).padding(1));
          net.fullyConnected("e", 10, weights, Activation.NONE);
          net.softmax("softmax");
        });
  }

  private static Graph residual() {
    Weights weights = Weights.of(new Initializer.He()).bias(0.1);
    return GraphBuilder.build(
        "residual",
        new Shape(2, 12, 12),
        10,
        net -> {
          net.convolution("a", 6, kernel(3).padding(1), weights.withoutBias(), Activation.RELU);
          net.addition(
              "b",
              Activation.RELU,
              branch -> branch.convolution("b1", 6, kernel(3).padding(1), weights, Activation.NONE),
              identity());
          net.averagePooling("c", kernel(12));
          net.fullyConnected("d", 10, weights, Activation.NONE);
          net.softmax("softmax");
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("graphs")
  void probabilitiesLossGradientAndUpdatesAreTheEngines(String name, Graph graph) {
    Comparison.with(graph);
  }

  @Test
  void tensorsGoThereAndBackUnchanged() {
    Graph graph = branches();
    ComputationGraph theirs = ComputationGraphs.of(graph, null, 1);
    Dl4jTensors tensors = Dl4jTensors.of(graph, theirs);
    FlatVector start = Comparison.vector(Math.toIntExact(theirs.numParams()));
    float[] counted = new float[start.length()];
    for (int i = 0; i < counted.length; i++) {
      counted[i] = i + 1;
    }

    start.write(0, FloatBuffer.wrap(counted));
    tensors.copy(start, theirs.params());
    FlatVector back = Comparison.vector(start.length());
    tensors.copy(theirs.params(), back);
    assertThat(Minibatch.values(back)).isEqualTo(counted);
    assertThat(theirs.getLayer("e").getParam("W").getFloat(2, 1))
        .as("dense weights are [out, in] here and [in, out] there")
        .isEqualTo(counted[offset(graph, "e.weight") + 12 * 25 + 2]);
  }

  private static int offset(Graph graph, String name) {
    return convoy.zoo.engine.ParameterLayout.of(graph).tensors().stream()
        .filter(tensor -> tensor.name().equals(name))
        .findFirst()
        .orElseThrow()
        .offset();
  }

  @Test
  void theConfigurationTravelsAsJson() {
    ComputationGraph network = ComputationGraphs.of(branches(), new SgdRule(SGD, RATES), 1);
    String json = network.getConfiguration().toJson();
    assertThat(ComputationGraphConfiguration.fromJson(json)).isEqualTo(network.getConfiguration());
  }

  @Test
  void anAdditionOfALayerToItselfIsRefused() {
    Graph doubled =
        GraphBuilder.build(
            "doubled",
            new Shape(1, 2, 2),
            4,
            net -> net.addition("a", Activation.NONE, identity(), identity()).softmax("softmax"));
    assertThat(ComputationGraphs.problems(doubled))
        .containsExactly("layer a of doubled: DL4J has no addition of a layer to itself");
  }

  @Test
  void whatDl4jHasNoLayerForIsNamed() {
    assertThat(ComputationGraphs.problems(architecture("lenet5", 32)))
        .hasSize(7)
        .anyMatch(line -> line.contains("c3") && line.contains("connection table"))
        .anyMatch(line -> line.contains("output") && line.contains("rbf"));
    Architecture.Options normalized =
        new Architecture.Options(10, 32, 3, 0, "paper", "small", true);
    assertThat(ComputationGraphs.problems(Zoo.architecture("vgg11").graph(normalized)))
        .hasSize(8)
        .allMatch(line -> line.contains(".bn of vgg11: DL4J has no batch normalization"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ComputationGraphs.of(architecture("lenet5", 32), null, 1))
        .withMessageContaining("c3");
  }
}
