package convoy.zoo.importing;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.zoo.Zoo;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Parameter;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
  /** Each line lists modules with weights, from {@code torchvision.models.NAME().state_dict()}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          alexnet-one-tower | features.0 features.3 features.6 features.8 features.10 classifier.1 classifier.4 classifier.6
          vgg11 | features.0 features.3 features.6 features.8 features.11 features.13 features.16 features.18 classifier.0 classifier.3 classifier.6
          vgg13 | features.0 features.2 features.5 features.7 features.10 features.12 features.15 features.17 features.20 features.22 classifier.0 classifier.3 classifier.6
          vgg16 | features.0 features.2 features.5 features.7 features.10 features.12 features.14 features.17 features.19 features.21 features.24 features.26 features.28 classifier.0 classifier.3 classifier.6
          vgg19 | features.0 features.2 features.5 features.7 features.10 features.12 features.14 features.16 features.19 features.21 features.23 features.25 features.28 features.30 features.32 features.34 classifier.0 classifier.3 classifier.6
          squeezenet-1.0 | features.0 FIRE3 FIRE4 FIRE5 FIRE7 FIRE8 FIRE9 FIRE10 FIRE12 classifier.1
          squeezenet-1.1 | features.0 FIRE3 FIRE4 FIRE6 FIRE7 FIRE9 FIRE10 FIRE11 FIRE12 classifier.1
          """)
  void torchvisionCountsEveryModule(String network, String modules) {
    Map<String, String> names = TorchvisionNames.of(graph(network));

    assertThat(names).hasSameSizeAs(graph(network).parameters());
    assertThat(names.keySet())
        .containsExactlyElementsOf(
            graph(network).parameters().stream().map(Parameter::name).toList());
    assertThat(
            names.values().stream()
                .map(name -> name.replaceAll("\\.(weight|bias)$", ""))
                .distinct()
                .collect(Collectors.joining(" ")))
        .isEqualTo(
            modules.replaceAll(
                "FIRE(\\d+)", "features.$1.squeeze features.$1.expand1x1 features.$1.expand3x3"));
  }

  @Test
  void otherNetworksHaveNoNamesThere() {
    assertThat(Zoo.architectures())
        .filteredOn(architecture -> TorchvisionNames.of(graph(architecture.name())).isEmpty())
        .extracting(Architecture::name)
        .containsExactly(
            "lenet5",
            "lenet5-modern",
            "lenet-caffe",
            "alexnet",
            "alexnet-caffe",
            "caffenet",
            "vgg16c",
            "googlenet",
            "squeezenet-1.0-caffe");
  }

  @ParameterizedTest
  @CsvSource({
    "conv1.W, conv1.weight",
    "conv1_b, conv1.bias",
    "fc6/0, fc6.weight",
    "conv5_3_1, conv5_3.bias",
    "fire2_conv1x1_1.weights, fire2.squeeze1x1.weight",
    "fire9_conv1x1_2.b, fire9.expand1x1.bias",
    "fire9_conv3x3_2_0, fire9.expand3x3.weight",
    "conv_final.W, conv10.weight",
    "fire2/squeeze1x1_0, fire2.squeeze1x1.weight",
    "fire9/expand3x3.b, fire9.expand3x3.bias",
    "ip1/1, ip1.bias",
    "conv1/7x7_s2_w, conv1.weight",
    "conv2/3x3_reduce.biases, conv2.3x3reduce.bias",
    "inception_3a/5x5_reduce_0, inception3a.5x5reduce.weight",
    "inception_5b/pool_proj_1, inception5b.poolProj.bias",
    "loss1/conv.0, auxiliary4a.conv.weight",
    "loss2/classifier.1, auxiliary4d.classifier.bias",
    "loss3/classifier/1, classifier.bias",
  })
  void caffesBlobsHaveOurNames(String blob, String parameter) {
    assertThat(CaffeNames.parameter(blob)).isEqualTo(parameter);
  }

  /** These are Caffe's own names for every layer of bvlc_googlenet. */
  @Test
  void everyLayerOfGoogLeNetHasACaffeName() {
    Graph googlenet = graph("googlenet");
    assertThat(googlenet.parameters())
        .allSatisfy(
            parameter ->
                assertThat(CaffeNames.parameter(caffe(parameter.name())))
                    .isEqualTo(parameter.name()));
  }

  private static String caffe(String name) {
    return name.replaceFirst("^conv1\\.", "conv1/7x7_s2.")
        .replaceFirst("^conv2\\.3x3", "conv2/3x3")
        .replaceFirst("^inception(\\d\\w)\\.", "inception_$1/")
        .replace("reduce", "_reduce")
        .replace("poolProj", "pool_proj")
        .replaceFirst("^auxiliary4a\\.", "loss1/")
        .replaceFirst("^auxiliary4d\\.", "loss2/")
        .replaceFirst("^classifier", "loss3/classifier")
        .replaceFirst("\\.weight$", "_0")
        .replaceFirst("\\.bias$", "_1");
  }

  @Test
  void whatIsNoBlobHasNone() {
    assertThat(CaffeNames.parameter("conv1")).isNull();
    assertThat(CaffeNames.parameter("weight")).isNull();
  }

  private static Graph graph(String name) {
    return Zoo.architecture(name).graph(Zoo.architecture(name).defaults());
  }
}
