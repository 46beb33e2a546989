package convoy.jobs.importing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.jobs.ConsoleCapture;
import convoy.jobs.io.ModelFolder;
import convoy.jobs.spark.HadoopSettings;
import convoy.zoo.engine.Network;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LeNet-5 as somebody trained it in Keras, on raw pixels of MNIST. */
class KerasLeNetIT {
  private static final String FOLDER = "models/keras_lenet5_mnist/";

  @TempDir private Path folder;

  @Test
  void itIsAsGoodAsInKerasAndGivesTheSameProbabilities() throws IOException {
    Path model = folder.resolve("model");
    ConsoleCapture console =
        run(
            "import",
            "--from=keras",
            "--architecture=lenet5-modern",
            "--in=" + RealData.path(FOLDER + "lenet.h5"),
            "--out=" + model);

    assertThat(console.out())
        .containsPattern(
            "conv2d_2/conv2d_2/kernel:0 +5 x 5 x 6 x 16 +conv2.weight +16 x 6 x 5 x 5 +HWIO to OIHW")
        .containsPattern(
            "dense_1/dense_1/kernel:0 +400 x 120 +fc3.weight +120 x 400 +\\[\\(H, W, C\\), out\\]")
        .contains("lenet5-modern of 61,706 parameters", "without names");
    assertFirstProbabilities(model);

    Path dataset = folder.resolve("mnist");
    run("prepare", "--source=mnist", "--in=" + RealData.path("mnist"), "--out=" + dataset);
    ConsoleCapture evaluated =
        run("evaluate", "--model=" + model, "--data=" + dataset, "--json", "--min-top1=0.9784");
    JsonNode result = new ObjectMapper().readTree(evaluated.out());
    assertThat(result.get("examples").asInt()).isEqualTo(10_000);
    assertThat(Math.round(result.get("top1").asDouble() * 10_000)).isEqualTo(9_784);
    assertThat(evaluated.err())
        .contains("has no class names: its 10 classes are taken in the order of dataset");
  }

  private void assertFirstProbabilities(Path model) throws IOException {
    List<String> rows = Files.readAllLines(RealData.path(FOLDER + "expected_first_200.csv"));
    byte[] digits;
    try (InputStream in =
        new GZIPInputStream(
            Files.newInputStream(RealData.path("mnist/t10k-images-idx3-ubyte.gz")))) {
      in.skipNBytes(16);
      digits = in.readNBytes(200 * 784);
    }

    FloatBuffer images = RealData.direct(digits.length);
    for (int i = 0; i < digits.length; i++) {
      images.put(i, digits[i] & 0xff);
    }

    FloatBuffer probabilities = RealData.direct(200 * 10);
    ModelFolder opened =
        ModelFolder.open(
            HadoopSettings.local().configuration(),
            new org.apache.hadoop.fs.Path(model.toString()));
    try (Network network = opened.network("auto", 200, 1)) {
      network.predict(images, 200, probabilities);
    }

    double error = 0;
    for (int row = 0; row < 200; row++) {
      String[] fields = rows.get(row + 1).split(",", -1);
      for (int label = 0; label < 10; label++) {
        double expected = Double.parseDouble(fields[3 + label]);
        error = Math.max(error, Math.abs(probabilities.get(row * 10 + label) - expected));
      }
    }

    System.out.printf("Keras' LeNet-5: probabilities differ by at most %.1e%n", error);
    assertThat(error).isLessThan(1e-5);
  }

  private static ConsoleCapture run(String... arguments) {
    System.setProperty("spark.master", "local[2]");
    try {
      ConsoleCapture console = ConsoleCapture.of(arguments);
      assertThat(console.exitCode()).as(console.err()).isZero();
      return console;
    } finally {
      System.clearProperty("spark.master");
    }
  }
}
