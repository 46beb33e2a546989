package convoy.zoo.engine;

import static convoy.zoo.graph.Activation.NONE;
import static convoy.zoo.graph.Activation.RELU;
import static convoy.zoo.graph.Activation.SCALED_TANH;
import static convoy.zoo.graph.GraphBuilder.identity;
import static convoy.zoo.graph.Window.kernel;

import convoy.zoo.graph.Graph;
import convoy.zoo.graph.GraphBuilder;
import convoy.zoo.graph.Initializer;
import convoy.zoo.graph.Shape;
import convoy.zoo.graph.Weights;
import convoy.zoo.graph.Window;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Puts every kind of layer between a convolution and a classifier, for {@link GradientTest}. */
final class GradientNetworks {
  private static final Weights WEIGHTS = Weights.of(new Initializer.Glorot()).bias(0.1);

  private GradientNetworks() {}

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
        network("batch normalization", net -> net.batchNormalization("b", SCALED_TANH)),
        network(
            "convolutions with batch normalization",
            net ->
                net.batchNormalized(true)
                    .groupedConvolution("b", 2, 6, kernel(3).padding(1), WEIGHTS, RELU)
                    .convolution("d", 3, kernel(3).padding(1), WEIGHTS, RELU)),
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
            "the same value concatenated twice",
            net -> net.concatenation("b", identity(), identity(), GradientNetworks::rectified)),
        network(
            "addition of two branches",
            net ->
                net.addition(
                    "b",
                    NONE,
                    branch -> branch.convolution("b1", 3, kernel(3).padding(1), WEIGHTS, RELU),
                    branch -> branch.convolution("b2", 3, kernel(1), WEIGHTS, RELU))),
        network(
            "addition with ReLU of three branches",
            net ->
                net.addition(
                    "b",
                    RELU,
                    branch -> branch.convolution("b1", 4, kernel(3).padding(1), WEIGHTS, NONE),
                    identity(),
                    branch -> branch.maxPooling("b3", kernel(3).padding(1)))),
        network(
            "addition with scaled tanh",
            net -> net.addition("b", SCALED_TANH, identity(), GradientNetworks::rectified)),
        network(
            "residual block with an identity shortcut",
            net -> net.addition("b", RELU, branch -> residual(branch, "b", 4, 1), identity())),
        network(
            "residual block with a projection",
            net ->
                net.addition(
                    "b",
                    RELU,
                    branch -> residual(branch, "b", 6, 2),
                    branch -> projection(branch, "b.projection", 6))),
        network(
            "residual block with batch normalization",
            net ->
                net.addition(
                    "b",
                    RELU,
                    branch ->
                        branch
                            .convolution("b1", 4, kernel(3).padding(1), WEIGHTS.withoutBias(), NONE)
                            .batchNormalization("n1", RELU)
                            .convolution("b2", 4, kernel(3).padding(1), WEIGHTS.withoutBias(), NONE)
                            .batchNormalization("n2", NONE),
                    identity())),
        network(
            "additions of additions without an activation",
            net ->
                net.addition("b", NONE, identity(), GradientNetworks::rectified)
                    .addition("d", NONE, identity(), branch -> projection(branch, "d1", 4))),
        network(
            "addition of a concatenation",
            net ->
                net.concatenation(
                        "b",
                        branch -> branch.convolution("b1", 2, kernel(1), WEIGHTS, RELU),
                        branch -> branch.convolution("b2", 3, kernel(1), WEIGHTS, RELU))
                    .addition("d", NONE, identity(), branch -> projection(branch, "d1", 5))),
        network(
            "addition of normalizations and poolings",
            net ->
                net.addition(
                    "b",
                    NONE,
                    branch -> branch.averagePooling("b1", kernel(3).padding(1)),
                    branch -> branch.localResponseNormalization("b2", 3, 2, 0.4, 0.75),
                    branch ->
                        branch
                            .convolution("b3", 4, kernel(1), WEIGHTS, NONE)
                            .batchNormalization("b4", SCALED_TANH))),
        network("a value added to itself", net -> net.addition("b", RELU, identity(), identity())),
        network(
            "a rectified value added to itself",
            net ->
                net.convolution("b", 4, kernel(3), WEIGHTS, RELU)
                    .addition("d", NONE, identity(), identity())),
        network(
            "a value read by three consumers",
            net ->
                net.convolution("b", 4, kernel(3).padding(1), WEIGHTS, RELU)
                    .addition(
                        "d",
                        RELU,
                        branch -> branch.convolution("d1", 4, kernel(1), WEIGHTS, RELU),
                        branch -> branch.convolution("d2", 4, kernel(1), WEIGHTS, RELU),
                        identity())),
        network(
            "convolution without bias",
            net ->
                net.convolution("b", 4, kernel(3), WEIGHTS.withoutBias(), RELU)
                    .groupedConvolution(
                        "d", 2, 4, kernel(3).padding(1), WEIGHTS.withoutBias(), NONE)
                    .connectedConvolution(
                        "e",
                        List.of(List.of(0, 2), List.of(1, 3)),
                        kernel(2),
                        WEIGHTS.withoutBias(),
                        SCALED_TANH)),
        network(
            "convolution without bias before a batch normalization",
            net ->
                net.convolution("m", 4, kernel(1), WEIGHTS, RELU)
                    .batchNormalized(true)
                    .convolution("b", 4, kernel(3), WEIGHTS.withoutBias(), RELU)),
        Arguments.of("first convolution without bias", firstWithoutBias(), Set.of()),
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
        Arguments.of("rbf", rbf(), Set.of()),
        frozen(
            "frozen convolution",
            Set.of("a"),
            net -> net.convolution("b", 4, kernel(3), WEIGHTS, RELU)),
        frozen(
            "frozen connection table and subsampling",
            Set.of("a", "t", "s"),
            net ->
                net.connectedConvolution(
                        "t", List.of(List.of(0, 2), List.of(1, 3)), kernel(2), WEIGHTS, RELU)
                    .subsampling("s", 2, SCALED_TANH)
                    .convolution("b", 4, kernel(2), WEIGHTS, RELU)),
        frozen(
            "frozen batch normalization",
            Set.of("a", "n"),
            net ->
                net.batchNormalization("n", RELU)
                    .maxPooling("p", kernel(2))
                    .fullyConnected("b", 4, WEIGHTS, RELU)),
        frozen(
            "batch normalization of a frozen convolution",
            Set.of("a"),
            net -> net.batchNormalization("b", RELU)),
        frozen(
            "frozen shortcut of a block that learns",
            Set.of("a", "b"),
            net ->
                net.convolution("b", 4, kernel(1), WEIGHTS, RELU)
                    .addition("d", RELU, identity(), GradientNetworks::rectified)),
        frozen(
            "frozen branches and a head that learns",
            Set.of("a", "b1", "b2", "b"),
            net ->
                net.concatenation(
                        "b",
                        branch -> branch.convolution("b1", 2, kernel(1), WEIGHTS, RELU),
                        branch -> branch.maxPooling("b2", kernel(3).padding(1)))
                    .auxiliaryClassifier(
                        0.3, side -> side.fullyConnected("s2", 3, WEIGHTS, NONE).softmax("s3"))));
  }

  private static void rectified(GraphBuilder branch) {
    branch.convolution("r", 4, kernel(3).padding(1), WEIGHTS, RELU);
  }

  /** Adds two convolutions without a ReLU after the second one (He et al. 2016, figure 2). */
  private static void residual(GraphBuilder branch, String name, int channels, int stride) {
    Window window = kernel(3).padding(1);
    branch
        .convolution(name + ".1", channels, window.stride(stride), WEIGHTS.withoutBias(), RELU)
        .convolution(name + ".2", channels, window, WEIGHTS, NONE);
  }

  private static void projection(GraphBuilder branch, String name, int channels) {
    int stride = branch.shape().channels() == channels ? 1 : 2;
    branch.convolution(name, channels, kernel(1).stride(stride), WEIGHTS.withoutBias(), NONE);
  }

  private static Graph firstWithoutBias() {
    return GraphBuilder.build(
        "first convolution without bias",
        new Shape(2, 9, 9),
        3,
        net ->
            net.convolution("a", 4, kernel(3).stride(2).padding(1), WEIGHTS.withoutBias(), RELU)
                .fullyConnected("c", 3, WEIGHTS, NONE)
                .softmax("softmax"));
  }

  /**
   * These networks have enough channels for blocks and vectors. They have too many parameters for
   * numeric differences.
   */
  static Stream<Arguments> wideNetworks() {
    return Stream.of(
        network(
            "residual blocks of 16 channels",
            net ->
                net.convolution("b", 16, kernel(3).padding(1), WEIGHTS, RELU)
                    .addition("d", RELU, branch -> residual(branch, "d", 16, 1), identity())
                    .addition("e", RELU, branch -> residual(branch, "e", 16, 1), identity())
                    .addition(
                        "f",
                        RELU,
                        branch -> residual(branch, "f", 32, 2),
                        branch -> projection(branch, "f.projection", 32))),
        network(
            "residual blocks of 16 channels with batch normalization",
            net ->
                net.batchNormalized(true)
                    .convolution("b", 16, kernel(3).padding(1), WEIGHTS.withoutBias(), RELU)
                    .addition(
                        "d",
                        RELU,
                        branch ->
                            branch.convolution(
                                "d1", 16, kernel(3).padding(1), WEIGHTS.withoutBias(), NONE),
                        identity())));
  }

  /**
   * Builds a network with these layers between a convolution, which needs their input gradient, and
   * an output.
   */
  private static Arguments network(String name, Consumer<GraphBuilder> layers) {
    return frozen(name, Set.of(), layers);
  }

  private static Arguments frozen(String name, Set<String> frozen, Consumer<GraphBuilder> layers) {
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
            }),
        frozen);
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
}
