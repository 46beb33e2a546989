package convoy.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.jobs.ConsoleCapture;
import convoy.jobs.network.UntrainedModel;
import convoy.zoo.graph.Architecture;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportCommandIT {
  @TempDir private Path folder;

  @Test
  void bothFormatsAreWrittenAndWeightsAreTheModels() throws Exception {
    Path model = UntrainedModel.small(folder.resolve("model"), 1, "cat", "dog");
    Path onnx = folder.resolve("deep/model.onnx");
    ConsoleCapture first =
        ConsoleCapture.of("export", "--model=" + model, "--to=onnx", "--out=" + onnx);
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out()).startsWith("lenet5-modern written as onnx");
    assertThat(Files.size(onnx)).isGreaterThan(Files.size(model.resolve("weights.safetensors")));
    Path weights = folder.resolve("weights");
    ConsoleCapture second =
        ConsoleCapture.of("export", "--model=" + model, "--to=safetensors", "--out=" + weights);
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(weights).hasSameBinaryContentAs(model.resolve("weights.safetensors"));
  }

  @Test
  void torchvisionsNamesComeBackAsTheSameWeights() throws Exception {
    Path model =
        UntrainedModel.write(
            folder.resolve("model"),
            "alexnet-one-tower",
            new Architecture.Options(3, 64, 3, -1, "paper"),
            7,
            "ant",
            "bee",
            "cat");
    Path weights = folder.resolve("torchvision.safetensors");
    ConsoleCapture exported =
        ConsoleCapture.of("export", "--model=" + model, "--to=safetensors", "--out=" + weights);
    assertThat(exported.exitCode()).as(exported.err()).isZero();
    assertThat(exported.out()).contains("as safetensors with torchvision's names to ");
    Path back = folder.resolve("back");
    ConsoleCapture imported =
        ConsoleCapture.of(
            "import",
            "--from=safetensors",
            "--architecture=alexnet-one-tower",
            "--input-size=64",
            "--in=" + weights,
            "--out=" + back);
    assertThat(imported.exitCode()).as(imported.err()).isZero();
    assertThat(imported.out()).containsPattern("features.0.weight +64 x 3 x 11 x 11 +conv1.weight");
    assertThat(back.resolve("weights.safetensors"))
        .hasSameBinaryContentAs(model.resolve("weights.safetensors"));

    Path own = folder.resolve("own.safetensors");
    ConsoleCapture named =
        ConsoleCapture.of(
            "export", "--model=" + model, "--to=safetensors", "--names=convoy", "--out=" + own);
    assertThat(named.exitCode()).as(named.err()).isZero();
    assertThat(own).hasSameBinaryContentAs(model.resolve("weights.safetensors"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "5", "\"x\"", "[]", "{}"})
  void whoeverReadsADamagedPreprocessingSaysSoInOneLine(String damaged) throws Exception {
    Path model = UntrainedModel.small(folder.resolve("model"), 1, "cat", "dog");
    Path file = model.resolve("model.json");
    ObjectNode json = (ObjectNode) new ObjectMapper().readTree(file.toFile());
    json.set("preprocessing", new ObjectMapper().readTree(damaged));
    Files.writeString(file, json.toString());
    Path picture = folder.resolve("picture.png");
    ImageIO.write(new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
    String out = "--out=" + folder.resolve("out");
    for (String[] command :
        new String[][] {
          {"export", "--to=onnx", out},
          {"simulate", "network", "--image=" + picture, out}
        }) {
      String[] arguments = Arrays.copyOf(command, command.length + 1);
      arguments[command.length] = "--model=" + model;
      ConsoleCapture read = ConsoleCapture.of(arguments);
      assertThat(read.exitCode()).as(read.err()).isEqualTo(3);
      assertThat(read.err())
          .contains(file + " cannot be used: preprocessing: inputSize is missing")
          .hasLineCount(1);
    }
  }

  @Test
  void namesThatAreNotThereAreRefused() throws Exception {
    Path model = UntrainedModel.small(folder.resolve("model"), 1, "cat", "dog");
    String out = "--out=" + folder.resolve("x");
    ConsoleCapture none =
        ConsoleCapture.of(
            "export", "--model=" + model, "--to=safetensors", "--names=torchvision", out);
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("torchvision has no names for lenet5-modern");
    ConsoleCapture onnx =
        ConsoleCapture.of("export", "--model=" + model, "--to=onnx", "--names=convoy", out);
    assertThat(onnx.exitCode()).isEqualTo(2);
  }

  @Test
  void mistakesHaveTheirExitCode() {
    String out = "--out=" + folder.resolve("x");
    assertThat(ConsoleCapture.of("export", "--model=" + folder, "--to=onnx", out).exitCode())
        .isEqualTo(3);
    ConsoleCapture format = ConsoleCapture.of("export", "--model=" + folder, "--to=onx", out);
    assertThat(format.exitCode()).isEqualTo(2);
    assertThat(format.err()).contains("onx");
  }
}
