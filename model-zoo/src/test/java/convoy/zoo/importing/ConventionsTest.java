package convoy.zoo.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import convoy.zoo.Zoo;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Layer;
import convoy.zoo.graph.LocalResponseNormalization;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConventionsTest {
  @Test
  void networksWithTheSameTensorsAreKnownAsAFamily() {
    Map<String, List<String>> byTensors =
        Zoo.architectures().stream()
            .collect(
                Collectors.groupingBy(
                    ConventionsTest::tensors,
                    Collectors.mapping(Architecture::name, Collectors.toList())));

    assertThat(byTensors.values())
        .filteredOn(names -> names.size() > 1)
        .containsExactlyInAnyOrderElementsOf(
            Conventions.families().stream()
                .map(
                    family ->
                        family.stream().map(Conventions.Network::architecture).sorted().toList())
                .toList());
  }

  private static String tensors(Architecture architecture) {
    return architecture.graph(architecture.defaults()).parameters().stream()
        .map(parameter -> parameter.name() + parameter.shape())
        .collect(Collectors.joining());
  }

  /** Caffe divides alpha by the number of channels, the graph's layers don't. */
  @Test
  void theNetworksDifferAsTheWarningSays() {
    assertThat(layer("alexnet", "norm1"))
        .isEqualTo(new LocalResponseNormalization(5, 2, 1e-4, 0.75));
    assertThat(layer("alexnet-caffe", "norm1"))
        .isEqualTo(layer("caffenet", "norm1"))
        .isEqualTo(new LocalResponseNormalization(5, 1, 1e-4 / 5, 0.75));
    assertThat(inputs("alexnet-caffe", "norm1", "norm2")).containsExactly("conv1", "conv2");
    assertThat(inputs("caffenet", "norm1", "norm2")).containsExactly("pool1", "pool2");
    assertThat(layer("squeezenet-1.0", "conv10").window().padding()).isZero();
    assertThat(layer("squeezenet-1.0-caffe", "conv10").window().padding()).isEqualTo(1);
  }

  private static Layer layer(String network, String name) {
    return node(network, name).layer();
  }

  private static List<String> inputs(String network, String... names) {
    return Stream.of(names).flatMap(name -> node(network, name).inputs().stream()).toList();
  }

  private static Graph.Node node(String network, String name) {
    Architecture architecture = Zoo.architecture(network);
    return architecture.graph(architecture.defaults()).nodes().stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "alexnet, , alexnet",
    "alexnet, paper, alexnet",
    "alexnet, caffe, alexnet-caffe",
    "alexnet, caffenet, caffenet",
    "alexnet-caffe, , alexnet-caffe",
    "alexnet-caffe, caffe, alexnet-caffe",
    "squeezenet-1.0, caffe, squeezenet-1.0-caffe",
    "vgg16, , vgg16"
  })
  void aNameAndAConventionMeanOneNetwork(String named, String convention, String network) {
    assertThat(Conventions.architecture(named, convention)).isEqualTo(network);
    assertThat(Zoo.architecture(network).name()).isEqualTo(network);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          vgg16 | caffe | vgg16 has one convention only: leave --convention out
          alexnet | torch | --convention torch is unknown for alexnet; known are paper, caffe, caffenet
          alexnet-caffe | paper | --convention paper means alexnet, not alexnet-caffe: leave one of them out
          """)
  void aConventionThatTheNetworkDoesNotHaveIsRefused(
      String named, String convention, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Conventions.architecture(named, convention))
        .withMessage(message);
  }

  @Test
  void onlyThePapersNetworkLeavesOpenWhichIsMeant() {
    assertThat(Zoo.architectures())
        .filteredOn(architecture -> Conventions.warning(architecture.name()).isPresent())
        .extracting(Architecture::name)
        .containsExactly("alexnet", "squeezenet-1.0");
    assertThat(Conventions.warning("alexnet").orElseThrow())
        .contains("alexnet-caffe (bvlc_alexnet: k = 1 and alpha = 1e-4 / 5, 227 px)")
        .endsWith("choose with --convention paper or caffe or caffenet");
  }
}
