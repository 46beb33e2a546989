package convoy.jobs.importing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.jobs.ConsoleCapture;
import convoy.jobs.network.UntrainedModel;
import convoy.zoo.graph.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command with Convoy's own weights, which need no other data. */
class ImportCommandIT {
  @TempDir private static Path shared;
  private static Path weights;

  @TempDir private Path folder;

  @BeforeAll
  static void writeWeights() throws IOException {
    Path model = UntrainedModel.small(shared.resolve("model"), 3, "cat", "dog", "owl");
    weights = model.resolve("weights.safetensors");
  }

  @Test
  void theModelHasTheFilesWeightsAndWhatWasSaidOfItsInput() throws IOException {
    Path classes =
        Files.writeString(folder.resolve("words"), "n01 cat, house cat\nn02\nn03  owl\n");
    ConsoleCapture console =
        run(
            "--input-size=32",
            "--classes=" + classes,
            "--scale=0.5",
            "--mean=1,2,3",
            "--std=4",
            "--channel-order=BGR",
            "--resize=40x36",
            "--crop=32");
    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.out())
        .containsPattern("conv1.weight +6 x 3 x 5 x 5 +conv1.weight +6 x 3 x 5 x 5\n")
        .contains("classes  3, named");
    Path model = folder.resolve("imported");
    assertThat(model.resolve("weights.safetensors")).hasSameBinaryContentAs(weights);
    JsonNode description = new ObjectMapper().readTree(model.resolve("model.json").toFile());
    assertThat(description.at("/preprocessing").toString())
        .isEqualTo(
            "{\"inputSize\":32,\"inputChannels\":3,\"channelOrder\":\"bgr\",\"scale\":0.5,"
                + "\"mean\":[1.0,2.0,3.0],\"std\":[4.0,4.0,4.0],"
                + "\"evaluation\":[{\"resize\":\"40x36\"},{\"centerCrop\":32}]}");
    assertThat(description.at("/classes").toString())
        .isEqualTo(
            "[{\"label\":0,\"name\":\"n01\",\"words\":\"cat, house cat\"},"
                + "{\"label\":1,\"name\":\"n02\",\"words\":null},"
                + "{\"label\":2,\"name\":\"n03\",\"words\":\"owl\"}]");
  }

  @Test
  void aModelWithoutNamesScoresSimulatesAndExports() throws IOException {
    assertThat(run("--input-size=32").exitCode()).isZero();
    String model = "--model=" + folder.resolve("imported");
    Path pictures = folder.resolve("pictures");
    assertThat(ConsoleCapture.of("generate", "--out=" + pictures, "--per-class=2").exitCode())
        .isZero();
    for (String format : List.of("csv", "jsonl", "parquet")) {
      ConsoleCapture scored =
          local(
              "score",
              model,
              "--in=" + pictures,
              "--out=" + folder.resolve(format),
              "--format=" + format);
      assertThat(scored.exitCode()).as(scored.err()).isZero();
    }

    assertThat(folder.resolve("jsonl/part-00000.jsonl"))
        .content()
        .contains("\"class\":null")
        .doesNotContain("\"error\":\"");
    ConsoleCapture onnx =
        local("export", model, "--to=onnx", "--out=" + folder.resolve("model.onnx"));
    assertThat(onnx.exitCode()).as(onnx.err()).isZero();
    Path picture;
    try (var files = Files.walk(pictures)) {
      picture =
          files
              .filter(
                  file ->
                      !file.getFileName().toString().startsWith(".") && Files.isRegularFile(file))
              .sorted()
              .findFirst()
              .orElseThrow();
    }

    ConsoleCapture simulated =
        local(
            "simulate",
            "network",
            model,
            "--image=" + picture,
            "--out=" + folder.resolve("simulation"));
    assertThat(simulated.exitCode()).as(simulated.err()).isZero();
    assertThat(simulated.out()).containsPattern("0\\.\\d{4}  class [012]\n");
  }

  @Test
  void whatFitsTwoNetworksIsWarnedAboutUntilAConventionIsChosen() throws IOException {
    Path weights = squeezeNet().resolve("weights.safetensors");
    ConsoleCapture open = run("--architecture=squeezenet-1.0", "--in=" + weights);
    assertThat(open.exitCode()).as(open.err()).isZero();
    assertThat(open.err())
        .startsWith("convoy import: warning: these tensors fit squeezenet-1.0 (")
        .contains("squeezenet-1.0-caffe (", "--convention paper or caffe")
        .hasLineCount(1);
    assertThat(architecture("imported")).isEqualTo("squeezenet-1.0");
    for (String convention : List.of("paper", "caffe")) {
      ConsoleCapture chosen =
          run(
              "--architecture=squeezenet-1.0",
              "--convention=" + convention,
              "--in=" + weights,
              "--out=" + folder.resolve(convention));
      assertThat(chosen.exitCode()).isZero();
      assertThat(chosen.err()).isEmpty();
    }

    assertThat(architecture("paper")).isEqualTo("squeezenet-1.0");
    assertThat(architecture("caffe")).isEqualTo("squeezenet-1.0-caffe");
  }

  private Path squeezeNet() throws IOException {
    return UntrainedModel.write(
        folder.resolve("model"),
        "squeezenet-1.0",
        new Architecture.Options(3, 64, 3, -1, "paper"),
        1,
        "cat",
        "dog",
        "eel");
  }

  private String architecture(String model) throws IOException {
    return new ObjectMapper()
        .readTree(folder.resolve(model).resolve("model.json").toFile())
        .path("architecture")
        .asText();
  }

  @Test
  void torchvisionsNamesTellTheNetworkAndPlaceTheMiddleAsTorchvisionDoes() throws IOException {
    Path model = squeezeNet();
    Path file = folder.resolve("torchvision.safetensors");
    ConsoleCapture exported =
        local(
            "export",
            "--model=" + model,
            "--to=safetensors",
            "--names=torchvision",
            "--out=" + file);
    assertThat(exported.exitCode()).as(exported.err()).isZero();
    ConsoleCapture console =
        run("--architecture=squeezenet-1.0", "--in=" + file, "--resize=72", "--crop=64");
    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.err()).isEmpty();
    assertThat(console.out()).contains("rounded to even, as in torchvision");
    JsonNode description =
        new ObjectMapper().readTree(folder.resolve("imported/model.json").toFile());
    assertThat(description.at("/preprocessing/evaluation/0").toString())
        .isEqualTo("{\"resize\":72}");
    assertThat(description.at("/preprocessing/evaluation/1/centerCrop/rounding").asText())
        .isEqualTo("half-even");
    assertThat(description.at("/preprocessing/evaluation/1/centerCrop/size").asInt()).isEqualTo(64);
    // Without --resize and --crop the middle square is still torchvision's.
    run(
        "--architecture=squeezenet-1.0",
        "--in=" + file,
        "--input-size=64",
        "--out=" + folder.resolve("plain"));
    assertThat(
            new ObjectMapper()
                .readTree(folder.resolve("plain/model.json").toFile())
                .at("/preprocessing/evaluation/1/centerCrop/rounding")
                .asText())
        .isEqualTo("half-even");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --convention=caffe | 2 | lenet5-modern has one convention only: leave --convention out
          --mean=1,2 | 2 | preprocessing: mean is [1.0, 2.0]; needed: one number for each of 3 channels
          --crop=-1 | 2 | --crop -1 is no side of a picture: give 1 to 65536 pixels
          --input-size=2147483647 | 2 | --input-size 2147483647 is no side of a picture
          --mean=1e39 | 2 | preprocessing: mean is [1.0E39, 1.0E39, 1.0E39]; needed: one number
          --std=1e-46 | 2 | preprocessing: std is [1.0E-46, 1.0E-46, 1.0E-46]; needed: one number
          --std=0 | 2 | preprocessing: std is [0.0, 0.0, 0.0]; needed: one number above 0
          --scale=NaN | 2 | preprocessing: scale is NaN
          --resize=big | 2 | transform resize: size: 'big' is not a side in pixels, or WIDTHxHEIGHT such as 256x256
          --crop=24 | 2 | the evaluation transforms [{centerCrop=24}] leave 24 px, the network's input has 32 px
          --architecture=lenet6 | 2 | unknown model 'lenet6'
          --architecture=lenet5 | 3 | no tensor for c1.weight, c1.bias, s2.weight, s2.bias, c3.weight, c3.bias and 6 more; no parameter for the file's conv1.bias
          --from=torch | 2 | --from torch is unknown; known are keras, safetensors, npz
          --from=keras | 3 | no HDF5 file, or a damaged one: No valid HDF5 signature found
          --from=npz | 3 | not an npz file
          --in=absent | 3 | no such file
          --in=FOLDER | 3 | is a folder
          --input-size=64 | 3 | tensor fc3.weight has shape [120, 400], fc3.weight has [120, 2704]
          --classes=FEW | 3 | has 2 lines, but the network has 3 classes; write one line for each class
          --classes=TWICE | 3 | line 3: 'n01 again' has no name, or one that was there before
          --out=FOLDER | 2 | is not empty: choose another folder
          """)
  void badInputIsOneLineAndLeavesNoModel(String option, int exitCode, String message)
      throws IOException {
    Files.writeString(folder.resolve("few"), "n01\nn02\n");
    Files.writeString(folder.resolve("twice"), "n01\nn02\nn01 again\n");
    ConsoleCapture console =
        run(
            "--input-size=32",
            option
                .replace("FOLDER", folder.toString())
                .replace("FEW", folder.resolve("few").toString())
                .replace("TWICE", folder.resolve("twice").toString()));

    assertThat(console.err()).startsWith("convoy import: ").contains(message).hasLineCount(1);
    assertThat(console.exitCode()).isEqualTo(exitCode);
    assertThat(folder.resolve("imported/model.json")).doesNotExist();
  }

  @Test
  void whatBreaksWhileItIsWrittenLeavesNothing() throws IOException {
    byte[] bytes = Files.readAllBytes(weights);
    Arrays.fill(bytes, bytes.length - 4, bytes.length, (byte) 0xff);
    Path broken = Files.write(folder.resolve("nan.safetensors"), bytes);
    ConsoleCapture console = run("--input-size=32", "--in=" + broken);

    assertThat(console.exitCode()).isEqualTo(3);
    assertThat(console.err()).contains("holds NaN, which is no weight");
    assertThat(folder.resolve("imported")).isEmptyDirectory();
  }

  /** Later options replace the usual ones. */
  private ConsoleCapture run(String... more) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--from=safetensors",
                "--architecture=lenet5-modern",
                "--in=" + weights,
                "--out=" + folder.resolve("imported")));
    for (String option : more) {
      String name = option.substring(0, option.indexOf('=') + 1);
      options.removeIf(old -> old.startsWith(name));
      options.add(option);
    }

    options.add(0, "import");
    return ConsoleCapture.of(options.toArray(String[]::new));
  }

  private static ConsoleCapture local(String... arguments) {
    System.setProperty("spark.master", "local[2]");
    try {
      return ConsoleCapture.of(arguments);
    } finally {
      System.clearProperty("spark.master");
    }
  }
}
