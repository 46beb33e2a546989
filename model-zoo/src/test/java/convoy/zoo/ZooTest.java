package convoy.zoo;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every architecture of the zoo; a new one is picked up by itself. */
class ZooTest {
  /** With the paper's own options. */
  record Golden(long parameters, long trainingParameters, int trainableLayers, long multiplyAdds) {
    Golden(long parameters, int trainableLayers, long multiplyAdds) {
      this(parameters, parameters, trainableLayers, multiplyAdds);
    }
  }

  private static final Map<String, Golden> GOLDEN =
      Map.ofEntries(
          entry("lenet5", new Golden(60_000, 5, 328_096)),
          entry("lenet5-modern", new Golden(61_706, 5, 416_520)),
          entry("alexnet", new Golden(60_965_224, 8, 724_406_816)),
          entry("alexnet-one-tower", new Golden(61_100_840, 8, 714_188_480)),
          entry("caffenet", new Golden(60_965_224, 8, 724_406_816)),
          entry("vgg11", new Golden(132_863_336, 11, 7_609_090_048L)),
          entry("vgg13", new Golden(133_047_848, 13, 11_308_466_176L)),
          entry("vgg16c", new Golden(133_638_952, 16, 11_770_888_192L)),
          entry("vgg16", new Golden(138_357_544, 16, 15_470_264_320L)),
          entry("vgg19", new Golden(143_667_240, 19, 19_632_062_464L)),
          entry("googlenet", new Golden(6_998_552, 13_378_280, 22, 1_582_671_872)));

  static final List<String> INITIALIZERS = List.of("paper", "glorot", "he");

  static List<Architecture> architectures() {
    return Zoo.architectures();
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
  @MethodSource("architectures")
  void aPictureTooSmallNamesTheSmallestWhichThenWorks(Architecture architecture) {
    Architecture.Options paper = architecture.defaults();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> architecture.graph(new Architecture.Options(10, 1, 3, -1, "paper")))
        .withMessageMatching(architecture.name() + " at 1 x 1 px: layer .*; the smallest .* px")
        .satisfies(
            problem -> {
              String smallest = problem.getMessage().replaceAll(".* is (\\d+) px$", "$1");
              int size = Integer.parseInt(smallest);
              assertThat(size).isLessThanOrEqualTo(paper.inputSize());
              architecture.graph(new Architecture.Options(10, size, 3, -1, "paper"));
              assertThatIllegalArgumentException()
                  .isThrownBy(
                      () ->
                          architecture.graph(
                              new Architecture.Options(10, size - 1, 3, -1, "paper")));
            });
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
  @MethodSource("architectures")
  void tensorNamesAreUniqueAndWeightsComeBeforeBiases(Architecture architecture) {
    List<Parameter> parameters = architecture.graph(architecture.defaults()).parameters();
    assertThat(parameters.stream().map(Parameter::name)).doesNotHaveDuplicates();
    for (int index = 0; index < parameters.size(); index += 2) {
      assertThat(parameters.get(index).name()).endsWith(".weight");
      assertThat(parameters.get(index).bias()).isFalse();
      assertThat(parameters.get(index + 1).name())
          .isEqualTo(parameters.get(index).name().replace(".weight", ".bias"));
      assertThat(parameters.get(index + 1).bias()).isTrue();
    }
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
            "unknown model 'alexnet-onetower'; known: lenet5, lenet5-modern, alexnet,"
                + " alexnet-one-tower, caffenet, vgg11, vgg13, vgg16c, vgg16, vgg19, googlenet; did you mean 'alexnet-one-tower'?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Zoo.architecture("transformer"))
        .withMessageEndingWith("googlenet");
  }

  @Test
  void aNetworkWithoutDropoutRefusesARate() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LeNet5().graph(new Architecture.Options(10, 28, 1, 0.5, "paper")))
        .withMessage("lenet5 has no dropout layers: leave dropout 0.5 out");
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
