package convoy.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.ConsoleCapture;
import convoy.jobs.engine.UntrainedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void mistakesHaveTheirExitCode() {
    String out = "--out=" + folder.resolve("x");
    assertThat(ConsoleCapture.of("export", "--model=" + folder, "--to=onnx", out).exitCode())
        .isEqualTo(3);
    ConsoleCapture format = ConsoleCapture.of("export", "--model=" + folder, "--to=onx", out);
    assertThat(format.exitCode()).isEqualTo(2);
    assertThat(format.err()).contains("onx");
  }
}
