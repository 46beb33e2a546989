package convoy.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.jobs.ConsoleCapture;
import convoy.zoo.Zoo;
import convoy.zoo.graph.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelsCommandTest {
  private static final Path EXPECTED = Path.of("src/test/resources/convoy/jobs/command");
  private static final Path ACTUAL = Path.of("target/models");

  static Stream<String> names() {
    return Zoo.architectures().stream().map(Architecture::name);
  }

  @Test
  void theListShowsEveryNetwork() throws IOException {
    assertPrints("models.txt", "models");
  }

  @ParameterizedTest
  @MethodSource("names")
  void theLayerTableIsTheCheckedInOne(String name) throws IOException {
    assertPrints("models-" + name + ".txt", "models", name);
  }

  @ParameterizedTest
  @CsvSource({
    "models-alexnet-small.txt, models alexnet --form small",
    "models-vgg16-small-bn.txt, models vgg16 --form small --batch-norm --classes 10",
    "models-googlenet-small.txt, models googlenet --form small",
    "models.json, models --format json",
    "models-lenet5.json, models lenet5 --format json",
    "models-alexnet-small-bn.json, models alexnet --form small --batch-norm --json",
  })
  void formsAndJsonAreTheCheckedInOnes(String file, String arguments) throws IOException {
    assertPrints(file, arguments.split(" ", -1));
  }

  @Test
  void jsonHasTheFieldsOfTheInterface() throws IOException {
    JsonNode model = json("models", "alexnet", "--format", "json");
    assertThat(fieldNames(model))
        .containsExactly(
            "name",
            "paper",
            "year",
            "inputShape",
            "classes",
            "trainableLayers",
            "parameters",
            "trainingParameters",
            "multiplyAdds",
            "published",
            "layers");
    assertThat(model.path("inputShape").toString()).isEqualTo("[3,224,224]");
    assertThat(model.path("parameters").longValue()).isEqualTo(60_965_224);
    JsonNode conv1 = model.path("layers").path(0);
    assertThat(conv1.toString())
        .isEqualTo(
            "{\"name\":\"conv1\",\"kind\":\"convolution\",\"kernel\":11,\"stride\":4,\"padding\":2,"
                + "\"outputShape\":[96,55,55],\"parameters\":34944,\"multiplyAdds\":105415200}");
    JsonNode fc6 = model.path("layers").path(10);
    assertThat(fc6.path("kernel").isNull()).isTrue();
    assertThat(fc6.path("outputShape").toString()).isEqualTo("[4096]");
  }

  @Test
  void theJsonListHasTheTotalsOfEachNetwork() throws IOException {
    JsonNode list = json("models", "--json");
    assertThat(list.findValuesAsText("name")).containsExactlyElementsOf(names().toList());
    assertThat(list.path(0).path("parameters").longValue()).isEqualTo(60_000);
  }

  @Test
  void classesAndInputSizeChangeTheTable() throws IOException {
    JsonNode model =
        json("models", "alexnet", "--classes", "10", "--input-size", "63", "--format", "json");
    assertThat(model.path("classes").intValue()).isEqualTo(10);
    assertThat(model.path("inputShape").toString()).isEqualTo("[3,63,63]");
    assertThat(model.path("layers").findValuesAsText("name")).contains("fc8");
  }

  @Test
  void mistakesAreOneLineAndExitCode2() {
    assertWrong(
        "convoy models: unknown model 'alexnt'; known: lenet5, lenet5-modern, lenet-caffe, alexnet,"
            + " alexnet-caffe, alexnet-one-tower, caffenet, vgg11, vgg13, vgg16c, vgg16, vgg19,"
            + " googlenet, squeezenet-1.0, squeezenet-1.0-caffe, squeezenet-1.1; did you mean 'alexnet'?",
        "alexnt");
    assertWrong(
        "convoy models: alexnet at 32 x 32 px: layer pool5: a kernel of 3 with padding 0 does not"
            + " fit into 256 x 1 x 1; the smallest input is 63 px",
        "alexnet",
        "--input-size",
        "32");
    assertWrong(
        "convoy models: alexnet: layer fc8: fc8.weight of [2000000000, 4096] has more than 2147483647"
            + " numbers: take fewer classes or a smaller picture",
        "alexnet",
        "--classes",
        "2000000000");
    assertWrong(
        "convoy models: 3 x 100000 x 100000 are more values than one picture can have (2147483647):"
            + " take a smaller one",
        "alexnet",
        "--input-size",
        "100000");
    assertWrong(
        "convoy models: a network needs at least 2 classes, not 1", "lenet5", "--classes", "1");
    assertWrong(
        "convoy models: --classes, --input-size, --form and --batch-norm need the NAME of a network",
        "--classes",
        "10");
    assertWrong(
        "convoy models: unknown form 'tiny'; known: paper, small", "vgg16", "--form", "tiny");
    assertWrong(
        "convoy models: vgg16 at 16 x 16 px: layer pool5: a kernel of 2 with padding 0 does not fit"
            + " into 512 x 1 x 1; the smallest input is 32 px",
        "vgg16",
        "--form",
        "small",
        "--batch-norm",
        "--input-size",
        "16");
  }

  private static void assertWrong(String line, String... arguments) {
    ConsoleCapture console = ConsoleCapture.of(with("models", arguments));
    assertThat(console.err()).isEqualTo(line + "\n");
    assertThat(console.out()).isEmpty();
    assertThat(console.exitCode()).isEqualTo(2);
  }

  private static void assertPrints(String file, String... arguments) throws IOException {
    ConsoleCapture console = ConsoleCapture.of(arguments);
    assertThat(console.exitCode()).isZero();
    Files.createDirectories(ACTUAL);
    Files.writeString(ACTUAL.resolve(file), console.out());
    Path expected = EXPECTED.resolve(file);
    assertThat(console.out())
        .as("if the change is meant: cp jobs/%s jobs/%s", ACTUAL.resolve(file), expected)
        .isEqualTo(Files.exists(expected) ? Files.readString(expected) : "");
  }

  private static JsonNode json(String... arguments) throws IOException {
    ConsoleCapture console = ConsoleCapture.of(arguments);
    assertThat(console.exitCode()).isZero();
    return new ObjectMapper().readTree(console.out());
  }

  private static List<String> fieldNames(JsonNode node) {
    return node.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static String[] with(String first, String... rest) {
    return Stream.concat(Stream.of(first), Stream.of(rest)).toArray(String[]::new);
  }
}
