package convoy.zoo.graph;

import static convoy.zoo.graph.Activation.NONE;
import static convoy.zoo.graph.Activation.RELU;
import static convoy.zoo.graph.Window.kernel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.zoo.Zoo;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {
  private static final Weights WEIGHTS = Weights.of(new Initializer.He());

  @Test
  void shapesTensorsAndMultiplyAddsFollowFromTheInput() {
    Graph graph =
        GraphBuilder.build(
            "net",
            new Shape(4, 9, 9),
            3,
            net ->
                net.groupedConvolution("conv", 2, 6, kernel(3).padding(1), WEIGHTS.bias(1), RELU)
                    .averagePooling("pool", kernel(3).stride(3))
                    .fullyConnected("fc", 3, WEIGHTS, NONE)
                    .softmax("softmax"));
    Graph.Node conv = graph.nodes().get(0);
    assertThat(conv.output()).isEqualTo(new Shape(6, 9, 9));
    assertThat(conv.parameters().get(0))
        .isEqualTo(
            new Parameter(
                "conv.weight",
                List.of(6, 2, 3, 3),
                Parameter.Kind.WEIGHT,
                WEIGHTS.initializer(),
                0,
                List.of(18),
                27));
    assertThat(conv.parameters().get(1).constant()).isEqualTo(1);
    assertThat(conv.multiplyAdds()).isEqualTo(6 * 2 * 9 * 81);
    assertThat(graph.parameters().get(2).shape()).containsExactly(3, 54);
    assertThat(Summary.of(graph).parameters()).isEqualTo(6 * 18 + 6 + 3 * 54 + 3);
  }

  @Test
  void anAdditionOfOneBranchAndABiasOfALayerWithoutBiasesAreRefused() {
    assertThatThrownBy(() -> new Addition(RELU).output(List.of(new Shape(3, 9, 9))))
        .hasMessageContaining("two branches or more");
    assertThatThrownBy(() -> WEIGHTS.withoutBias().bias(1)).hasMessageContaining("without biases");
  }

  @Test
  void batchNormalizationStandsBetweenEachConvolutionAndItsActivation() {
    Graph graph =
        GraphBuilder.build(
            "net",
            new Shape(3, 9, 9),
            3,
            net ->
                net.batchNormalized(true)
                    .convolution("conv", 6, kernel(3), WEIGHTS.bias(1), RELU)
                    .maxPooling("pool", kernel(7))
                    .fullyConnected("fc", 3, WEIGHTS, NONE)
                    .softmax("softmax"));
    assertThat(graph.nodes().stream().map(Graph.Node::name))
        .containsExactly("conv", "conv.bn", "pool", "fc", "softmax");
    Convolution convolution = (Convolution) graph.nodes().get(0).layer();
    assertThat(convolution.activation()).isEqualTo(NONE);
    assertThat(convolution.weights().bias()).isZero();
    Graph.Node normalization = graph.nodes().get(1);
    assertThat(normalization.layer()).isEqualTo(new BatchNormalization(1e-5, 0.1, RELU));
    assertThat(normalization.output()).isEqualTo(new Shape(6, 7, 7));
    assertThat(normalization.parameters().stream().map(Parameter::name))
        .containsExactly(
            "conv.bn.weight", "conv.bn.bias", "conv.bn.running_mean", "conv.bn.running_var");
    assertThat(normalization.parameters().stream().map(Parameter::constant))
        .containsExactly(1.0, 0.0, 0.0, 1.0);
    // Statistics are tensors, but they are not trained.
    assertThat(Summary.of(graph).parameters()).isEqualTo(6 * 27 + 6 + 6 + 6 + 3 * 6 + 3);
    assertThat(graph.parameters().stream().mapToInt(Parameter::size).sum())
        .isEqualTo(Summary.of(graph).parameters() + 12);
  }

  @Test
  void branchesStartAtTheSameLayerAndTheirChannelsAddUp() {
    Graph graph =
        GraphBuilder.build(
            "net",
            new Shape(3, 8, 8),
            2,
            net ->
                net.convolution("stem", 4, kernel(1), WEIGHTS, RELU)
                    .concatenation(
                        "mixed",
                        branch -> branch.convolution("one", 5, kernel(1), WEIGHTS, RELU),
                        branch ->
                            branch
                                .convolution("reduce", 2, kernel(1), WEIGHTS, RELU)
                                .convolution("three", 7, kernel(3).padding(1), WEIGHTS, RELU),
                        branch -> branch.maxPooling("pool", kernel(3).padding(1)))
                    .fullyConnected("fc", 2, WEIGHTS, NONE)
                    .softmax("softmax"));
    Graph.Node mixed = graph.nodes().get(5);
    assertThat(mixed.inputs()).containsExactly("one", "three", "pool");
    assertThat(mixed.output()).isEqualTo(new Shape(5 + 7 + 4, 8, 8));
    // The longest path is stem, reduce, three, fc.
    assertThat(Summary.of(graph).trainableLayers()).isEqualTo(4);
  }

  @Test
  void aConnectionTableHoldsTheConnectedPlanesAlone() {
    Graph graph =
        GraphBuilder.build(
            "net",
            new Shape(3, 5, 5),
            2,
            net ->
                net.connectedConvolution(
                        "c", List.of(List.of(0), List.of(0, 2)), kernel(5), WEIGHTS, RELU)
                    .softmax("softmax"));
    Parameter weight = graph.parameters().get(0);
    assertThat(weight.shape()).containsExactly(3, 1, 5, 5);
    assertThat(List.of(weight.fanIn(0), weight.fanIn(1), weight.fanIn(2)))
        .containsExactly(25, 50, 50);
    assertThat(graph.nodes().get(0).multiplyAdds()).isEqualTo(75);
  }

  @Test
  void aPictureTooSmallNamesLayerShapeAndTheSmallest() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                GraphBuilder.build(
                    "net",
                    new Shape(1, 6, 6),
                    2,
                    net ->
                        net.convolution("conv", 2, kernel(5), WEIGHTS, RELU)
                            .maxPooling("pool", kernel(3))
                            .fullyConnected("fc", 2, WEIGHTS, NONE)
                            .softmax("softmax")))
        .withMessage(
            "net at 6 x 6 px: layer pool: a kernel of 3 with padding 0 does not fit into"
                + " 2 x 2 x 2; the smallest input is 7 px");
  }

  @Test
  void mistakesNameTheirLayer() {
    assertMistake(
        net -> net.groupedConvolution("c", 2, 4, kernel(1), WEIGHTS, RELU),
        "net: layer c: 3 input channels do not divide into 2 groups");
    assertMistake(net -> net.softmax("a").softmax("a"), "net: two layers are called a");
    assertMistake(
        net -> net.connectedConvolution("c", List.of(List.of(3)), kernel(1), WEIGHTS, RELU),
        "net: layer c: the connection table has a row [3] for 3 input channels");
    assertMistake(
        net -> net.rbf("out", List.of(Collections.nCopies(5, 1)), 1),
        "net: layer out: codes of 5 values for an input of 3 x 8 x 8");
    assertMistake(
        net -> net.softmax("softmax"),
        "net: the last layer does not give one value for each of 2 classes");
  }

  private static void assertMistake(Consumer<GraphBuilder> layers, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GraphBuilder.build("net", new Shape(3, 8, 8), 2, layers))
        .withMessage(message);
  }

  @Test
  void whatIsTooLargeForAVectorNamesItsLayerAndTheRemedy() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Zoo.architecture("vgg16").graph(options(3000)))
        .withMessageContaining("layer fc6")
        .withMessageContaining(
            "has more than 2147483647 numbers: take fewer classes or a smaller picture");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Zoo.architecture("googlenet").graph(options(30_000)))
        .withMessageContaining("3 x 30000 x 30000 are more values");
  }

  private static Architecture.Options options(int pixels) {
    return new Architecture.Options(10, pixels, 3, -1, "paper");
  }

  @Test
  void anAdditionKeepsTheShapeAndCostsNoProducts() {
    Graph graph = residual(8);
    assertThat(graph.nodes().stream().map(Graph.Node::name))
        .containsExactly("a", "b1", "b2", "b", "pool", "fc", "softmax");
    Graph.Node addition = graph.nodes().get(3);
    assertThat(addition.inputs()).containsExactly("b2", "a");
    assertThat(addition.layer().kind()).isEqualTo("addition");
    assertThat(addition.output()).isEqualTo(new Shape(8, 9, 9));
    assertThat(addition.multiplyAdds()).isZero();
    assertThat(addition.parameters()).isEmpty();
    assertThat(Summary.of(graph).trainableLayers()).isEqualTo(4);
    assertThat(Summary.of(graph).parameters())
        .isEqualTo(3 * 8 * 9 + 8 * 8 * 9 + 8 * 8 * 9 + 8 + 3 * 8 + 3);
  }

  @Test
  void aConvolutionWithoutBiasHasNoTensorForIt() {
    Graph graph = residual(8);
    assertThat(graph.parameters().stream().map(Parameter::name))
        .containsExactly("a.weight", "b1.weight", "b2.weight", "b2.bias", "fc.weight", "fc.bias");
    assertThat(graph.nodes().get(0).layer().hasBias()).isFalse();
    assertThat(graph.nodes().get(2).layer().hasBias()).isTrue();
  }

  @Test
  void branchesOfDifferentShapesAreNotAdded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> residual(16))
        .withMessageContaining("layer b: branches of different shapes can't be added: [8 x 9 x 9,");
  }

  @Test
  void onlyConvolutionsCanBeWithoutBias() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                GraphBuilder.build(
                    "net",
                    new Shape(1, 2, 2),
                    3,
                    net -> net.fullyConnected("fc", 3, WEIGHTS.withoutBias(), NONE)))
        .withMessageContaining("only convolutions can be without biases");
  }

  private static Graph residual(int channels) {
    return GraphBuilder.build(
        "residual",
        new Shape(3, 9, 9),
        3,
        net ->
            net.convolution("a", channels, kernel(3).padding(1), WEIGHTS.withoutBias(), RELU)
                .addition(
                    "b",
                    RELU,
                    branch ->
                        branch
                            .convolution("b1", 8, kernel(3).padding(1), WEIGHTS.withoutBias(), RELU)
                            .convolution("b2", 8, kernel(3).padding(1), WEIGHTS, NONE),
                    GraphBuilder.identity())
                .averagePooling("pool", kernel(9))
                .fullyConnected("fc", 3, WEIGHTS, NONE)
                .softmax("softmax"));
  }
}
