package convoy.zoo;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.BatchNormalization;
import convoy.zoo.graph.Convolution;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Parameter;
import convoy.zoo.graph.Summary;
import convoy.zoo.networks.LeNet5;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests what must hold for every architecture of the zoo. A new one is included automatically. */
class ZooTest {
  /** The expected numbers of a network with the paper's own options. */
  record Golden(long parameters, long trainingParameters, int trainableLayers, long multiplyAdds) {
    Golden(long parameters, int trainableLayers, long multiplyAdds) {
      this(parameters, parameters, trainableLayers, multiplyAdds);
    }
  }

  private static final Map<String, Golden> GOLDEN =
      Map.ofEntries(
          entry("lenet5", new Golden(60_000, 5, 328_096)),
          entry("lenet5-modern", new Golden(61_706, 5, 416_520)),
          entry("lenet-caffe", new Golden(431_080, 4, 2_293_000)),
          entry("alexnet-caffe", new Golden(60_965_224, 8, 724_406_816)),
          entry("alexnet", new Golden(60_965_224, 8, 724_406_816)),
          entry("alexnet-one-tower", new Golden(61_100_840, 8, 714_188_480)),
          entry("caffenet", new Golden(60_965_224, 8, 724_406_816)),
          entry("vgg11", new Golden(132_863_336, 11, 7_609_090_048L)),
          entry("vgg13", new Golden(133_047_848, 13, 11_308_466_176L)),
          entry("vgg16c", new Golden(133_638_952, 16, 11_770_888_192L)),
          entry("vgg16", new Golden(138_357_544, 16, 15_470_264_320L)),
          entry("vgg19", new Golden(143_667_240, 19, 19_632_062_464L)),
          entry("googlenet", new Golden(6_998_552, 13_378_280, 22, 1_582_671_872)),
          entry("squeezenet-1.0", new Golden(1_248_424, 18, 832_667_936)),
          entry("squeezenet-1.0-caffe", new Golden(1_248_424, 18, 861_339_936)),
          entry("squeezenet-1.1", new Golden(1_235_496, 18, 387_747_520)));

  /**
   * The parameters of the small form with ten classes, without and with batch normalization. VGG's
   * numbers with batch normalization are those of pytorch-cifar.
   */
  private static final Map<String, List<Long>> SMALL =
      Map.ofEntries(
          entry("lenet5", List.of(60_000L, 60_284L)),
          entry("lenet5-modern", List.of(61_706L, 61_750L)),
          entry("lenet-caffe", List.of(431_080L, 431_220L)),
          entry("alexnet-caffe", List.of(35_910_026L, 35_912_778L)),
          entry("alexnet", List.of(28_569_994L, 28_572_746L)),
          entry("alexnet-one-tower", List.of(28_714_826L, 28_717_130L)),
          entry("caffenet", List.of(35_910_026L, 35_912_778L)),
          entry("vgg11", List.of(9_225_610L, 9_231_114L)),
          entry("vgg13", List.of(9_410_122L, 9_416_010L)),
          entry("vgg16c", List.of(10_001_226L, 10_009_674L)),
          entry("vgg16", List.of(14_719_818L, 14_728_266L)),
          entry("vgg19", List.of(20_029_514L, 20_040_522L)),
          entry("googlenet", List.of(5_864_762L, 5_879_066L)),
          entry("squeezenet-1.0", List.of(729_034L, 735_006L)),
          entry("squeezenet-1.0-caffe", List.of(729_034L, 735_006L)),
          entry("squeezenet-1.1", List.of(727_626L, 733_534L)));

  static final List<String> INITIALIZERS = List.of("paper", "glorot", "he");

  static List<Architecture> architectures() {
    return Zoo.architectures();
  }

  static List<Variant> variants() {
    return Variant.all();
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void theCountsAreThePapers(Architecture architecture) {
    Summary summary = Summary.of(architecture.graph(architecture.defaults()));
    Golden counted =
        new Golden(
            summary.parameters(),
            summary.trainingParameters(),
            summary.trainableLayers(),
            summary.multiplyAdds());
    assertThat(counted)
        .as("golden numbers of %s in ZooTest.GOLDEN", architecture.name())
        .isEqualTo(GOLDEN.get(architecture.name()));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void theClassCountIsFree(Architecture architecture) {
    Architecture.Options paper = architecture.defaults();
    for (int classes : new int[] {2, 3, 37}) {
      Graph graph =
          architecture.graph(
              new Architecture.Options(
                  classes, paper.inputSize(), paper.inputChannels(), -1, "paper"));
      assertThat(graph.output().output().size()).isEqualTo(classes);
    }
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void grayAndColourGoIn(Architecture architecture) {
    Architecture.Options paper = architecture.defaults();
    for (int channels : new int[] {1, 3}) {
      Graph graph =
          architecture.graph(
              new Architecture.Options(10, paper.inputSize(), channels, -1, "paper"));
      assertThat(graph.input().channels()).isEqualTo(channels);
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void aPictureTooSmallNamesTheLayerAndTheSmallestWhichThenWorks(Variant variant) {
    String name = variant.architecture().name();
    int smallest = variant.smallest();
    assertThat(smallest).isBetween(1, variant.architecture().defaultInputSize(variant.form()));
    if (smallest == 1) { // No size is too small for this network.
      return;
    }

    Graph graph = variant.graph(10, smallest);
    for (int size : new int[] {1, smallest - 1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> variant.graph(10, size))
          .withMessageMatching(
              "%s at %d x %d px: layer .*; the smallest input is %d px"
                  .formatted(name, size, size, smallest))
          .satisfies(
              problem ->
                  assertThat(graph.nodes().stream().map(Graph.Node::name))
                      .contains(problem.getMessage().replaceAll(".*: layer ([^:]*):.*", "$1")));
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void everyConvolutionAndNothingElseIsNormalizedWhereAskedFor(Variant variant) {
    Graph graph = variant.graph(10);
    List<String> convolutions =
        graph.nodes().stream()
            .filter(node -> node.layer() instanceof Convolution)
            .map(Graph.Node::name)
            .toList();
    assertThat(
            graph.nodes().stream()
                .filter(node -> node.layer() instanceof BatchNormalization)
                .flatMap(node -> node.inputs().stream()))
        .isEqualTo(variant.batchNorm() ? convolutions : List.of());
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void theCountsOfTheSmallFormAreTheOnesWrittenDown(Architecture architecture) {
    Graph plain = new Variant(architecture, "small", false).graph(10);
    Graph normalized = new Variant(architecture, "small", true).graph(10);
    assertThat(List.of(Summary.of(plain).trainingParameters(), Summary.of(normalized).parameters()))
        .as("golden numbers of %s in ZooTest.SMALL", architecture.name())
        .isEqualTo(SMALL.get(architecture.name()));
  }

  /** The numbers are those of torchvision's vgg11_bn, vgg13_bn, vgg16_bn and vgg19_bn. */
  @ParameterizedTest
  @CsvSource({"vgg11, 132868840", "vgg13, 133053736", "vgg16, 138365992", "vgg19, 143678248"})
  void theNormalizedVggHasTorchvisionsParameters(String name, long parameters) {
    Graph graph = new Variant(Zoo.architecture(name), "paper", true).graph(1000);
    assertThat(Summary.of(graph).parameters()).isEqualTo(parameters);
  }

  @ParameterizedTest
  @FieldSource("INITIALIZERS")
  void everyInitializerLeavesTheTensorsAsTheyAre(String initializer) {
    for (Architecture architecture : Zoo.architectures()) {
      Architecture.Options paper = architecture.defaults();
      Graph graph =
          architecture.graph(
              new Architecture.Options(
                  paper.classes(), paper.inputSize(), paper.inputChannels(), -1, initializer));
      assertThat(graph.parameters().stream().mapToLong(Parameter::size).sum())
          .isEqualTo(GOLDEN.get(architecture.name()).trainingParameters());
    }
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void anUnknownInitializerIsNamedWithTheKnownOnes(Architecture architecture) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> architecture.graph(new Architecture.Options(10, 224, 3, -1, "xavier")))
        .withMessage("unknown initializer 'xavier'; known: paper, glorot, he");
  }

  @ParameterizedTest
  @MethodSource("variants")
  void tensorNamesAreUniqueAndEachLayerHasAWeightBeforeItsBias(Variant variant) {
    Graph graph = variant.graph(10);
    assertThat(graph.parameters().stream().map(Parameter::name)).doesNotHaveDuplicates();
    for (Graph.Node node : graph.nodes()) {
      List<String> names = node.parameters().stream().map(Parameter::name).toList();
      if (node.layer() instanceof BatchNormalization) {
        assertThat(names)
            .containsExactly(
                node.name() + ".weight",
                node.name() + ".bias",
                node.name() + ".running_mean",
                node.name() + ".running_var");
      } else if (!names.isEmpty()) {
        assertThat(names).containsExactly(node.name() + ".weight", node.name() + ".bias");
        assertThat(node.parameters().stream().map(Parameter::kind))
            .containsExactly(Parameter.Kind.WEIGHT, Parameter.Kind.BIAS);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "lenet5, f6",
    "lenet5-modern, fc5",
    "alexnet, fc8",
    "vgg16, fc8",
    "googlenet, classifier auxiliary4a.classifier auxiliary4d.classifier",
    "squeezenet-1.0, conv10"
  })
  void theClassifiersAreTheLastLayersWithWeights(String name, String classifiers) {
    Architecture architecture = Zoo.architecture(name);
    assertThat(architecture.graph(architecture.defaults()).classifiers())
        .containsExactly(classifiers.split(" ", -1));
  }

  @Test
  void aClassifierThatIsNormalizedIncludesItsNormalization() {
    Graph graph = new Variant(Zoo.architecture("squeezenet-1.1"), "small", true).graph(10);
    assertThat(graph.classifiers()).containsExactly("conv10", "conv10.bn");
  }

  @Test
  void namesAreUnique() {
    assertThat(Zoo.architectures().stream().map(Architecture::name)).doesNotHaveDuplicates();
  }

  @Test
  void everyNetworkOfThePackageIsRegistered() throws Exception {
    for (Class<?> network : networks()) {
      assertThat(Zoo.architectures())
          .as("add the line \"new %s(),\" to Zoo.ARCHITECTURES", network.getSimpleName())
          .anyMatch(network::isInstance);
    }
  }

  @Test
  void anUnknownNameGetsTheKnownOnesAndASuggestion() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Zoo.architecture("alexnet-onetower"))
        .withMessage(
            "unknown model 'alexnet-onetower'; known: lenet5, lenet5-modern, lenet-caffe, alexnet,"
                + " alexnet-caffe, alexnet-one-tower, caffenet, vgg11, vgg13, vgg16c, vgg16, vgg19,"
                + " googlenet, squeezenet-1.0, squeezenet-1.0-caffe, squeezenet-1.1; did you mean 'alexnet-one-tower'?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Zoo.architecture("transformer"))
        .withMessageEndingWith("squeezenet-1.1");
  }

  @Test
  void aNetworkWithoutDropoutRefusesARate() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LeNet5().graph(new Architecture.Options(10, 28, 1, 0.5, "paper")))
        .withMessage("lenet5 has no dropout layers: leave dropout 0.5 out");
  }

  @Test
  void anUnknownFormIsNamedWithTheKnownOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Architecture.Options(10, 28, 1, -1, "paper", "tiny", false))
        .withMessage("unknown form 'tiny'; known: paper, small");
  }

  @Test
  void aDropoutRateOfOneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Zoo.architecture("alexnet").graph(new Architecture.Options(10, 224, 3, 1, "paper")))
        .withMessageStartingWith("alexnet: dropout 1.0 is not a rate");
  }

  private static List<Class<?>> networks() throws IOException, ReflectiveOperationException {
    Path classes = Path.of("target", "classes", "convoy", "zoo", "networks");
    try (Stream<Path> files = Files.list(classes)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith(".class") && !file.contains("-info"))
              .map(file -> "convoy.zoo.networks." + file.substring(0, file.length() - 6))
              .toList();
      List<Class<?>> networks = new ArrayList<>();
      for (String name : names) {
        Class<?> type = Class.forName(name);
        if (Architecture.class.isAssignableFrom(type)
            && !Modifier.isAbstract(type.getModifiers())) {
          networks.add(type);
        }
      }
      assertThat(networks).isNotEmpty();
      return networks;
    }
  }
}
