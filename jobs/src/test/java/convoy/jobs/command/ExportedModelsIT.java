package convoy.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import convoy.jobs.ConsoleCapture;
import convoy.jobs.cluster.Finished;
import convoy.jobs.network.UntrainedModel;
import convoy.zoo.Zoo;
import convoy.zoo.graph.Architecture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Python's onnx and safetensors read the exports of every network, and Convoy reads Python's. */
class ExportedModelsIT {
  private static final String PYTHON = "CONVOY_MODELS_PYTHON";
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir private Path folder;

  /** Three of VGG's columns have the layers of the two others. */
  private static boolean isOtherColumn(Architecture architecture) {
    return architecture.name().matches("vgg13|vgg16c|vgg19");
  }

  static List<Architecture> typical() {
    return Zoo.architectures().stream().filter(network -> !isOtherColumn(network)).toList();
  }

  static List<Architecture> otherColumns() {
    return Zoo.architectures().stream().filter(ExportedModelsIT::isOtherColumn).toList();
  }

  @ParameterizedTest
  @MethodSource("otherColumns")
  @Tag("soak")
  void pythonReadsVggsOtherColumnsToo(Architecture architecture) throws Exception {
    pythonReadsThemAndWhatItWritesComesBack(architecture);
  }

  @ParameterizedTest
  @MethodSource("typical")
  void pythonReadsThemAndWhatItWritesComesBack(Architecture architecture) throws Exception {
    String python = python();
    Path model = folder.resolve("model");
    Path exports = folder.resolve(architecture.name());
    int side = write(architecture, model);
    done("export", "--model=" + model, "--to=onnx", "--out=" + exports.resolve("model.onnx"));
    done(
        "export",
        "--model=" + model,
        "--to=safetensors",
        "--names=convoy",
        "--out=" + exports.resolve("weights.safetensors"));

    Finished checked =
        Finished.run(
            LIMIT,
            Map.of("PYTHONDONTWRITEBYTECODE", "1"),
            Path.of("src/test/python").toAbsolutePath(),
            List.of(python, "check_models.py", exports.toString()));
    // Of lenet5 the subsampling's coefficients and C3's planes have another form in ONNX.
    assertThat(checked.exits(0).out())
        .matches(
            architecture.name().equals("lenet5")
                ? "lenet5 ok 7 of 12\n"
                : architecture.name() + " ok (\\d+) of \\1\n");
    for (String file : List.of("python.safetensors", "arrays.npz")) {
      Path back = folder.resolve(file + "-model");
      done(
          "import",
          "--from=" + file.substring(file.indexOf('.') + 1),
          "--architecture=" + architecture.name(),
          "--input-size=" + side,
          "--in=" + exports.resolve(file),
          "--out=" + back);
      assertThat(back.resolve("weights.safetensors"))
          .hasSameBinaryContentAs(exports.resolve("weights.safetensors"));
    }
  }

  /** Without the virtual environment the test is skipped and says so. */
  private static String python() {
    String python = System.getenv(PYTHON);
    String reason =
        "skipped: reading exports needs Python with onnx and safetensors; scripts/test installs it"
            + " and names it in "
            + PYTHON;
    if (python == null) {
      System.out.println("[WARNING] " + reason); // The build itself shows no reasons.
    }

    assumeTrue(python != null, reason);
    return python;
  }

  /** Takes the smallest picture that fits, with three channels. Here lenet5 has ten classes. */
  private static int write(Architecture architecture, Path model) throws Exception {
    String[] classes = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    for (int side = 8; ; side++) {
      try {
        UntrainedModel.write(
            model,
            architecture.name(),
            new Architecture.Options(classes.length, side, 3, -1, "paper"),
            5,
            classes);
        return side;
      } catch (IllegalArgumentException tooSmall) {
        assertThat(side).isLessThan(architecture.defaultInputSize());
      }
    }
  }

  private static void done(String... command) {
    ConsoleCapture console = ConsoleCapture.of(command);
    assertThat(console.exitCode()).as(console.err()).isZero();
  }
}
