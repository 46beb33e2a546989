package convoy.jobs.importing;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Caffe's trained LeNet against the probabilities of OpenCV's Caffe reader. */
class LeNetCaffeIT {
  private static final int DIGITS = 200;

  @TempDir private Path folder;

  @Test
  void caffesLeNetHasCaffesProbabilities() throws IOException {
    Path npz = folder.resolve("lenet.npz");
    Path model = folder.resolve("lenet");
    CaffeModel.toNpz(RealData.path("caffe_small/lenet.caffemodel"), npz);
    ConsoleCapture console =
        ConsoleCapture.of(
            "import",
            "--from=npz",
            "--architecture=lenet-caffe",
            "--in=" + npz,
            "--out=" + model,
            "--scale=0.00390625");
    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.err()).isEmpty();
    assertThat(console.out()).contains("lenet-caffe of 431,080 parameters");

    FloatBuffer images = RealData.direct(DIGITS * 784);
    byte[] digits = digits();
    for (int i = 0; i < digits.length; i++) {
      images.put(i, (digits[i] & 0xff) / 256f);
    }

    FloatBuffer probabilities = RealData.direct(DIGITS * 10);
    ModelFolder opened =
        ModelFolder.open(
            HadoopSettings.local().configuration(),
            new org.apache.hadoop.fs.Path(model.toString()));
    try (Network network = opened.network("auto", DIGITS, 1)) {
      network.predict(images, DIGITS, probabilities);
    }

    List<String> rows = Files.readAllLines(RealData.path("caffe_small/expected_first_200.csv"));
    assertThat(rows).hasSize(DIGITS);
    double error = 0;
    for (int row = 0; row < DIGITS; row++) {
      String[] expected = rows.get(row).split(",", -1);
      for (int label = 0; label < 10; label++) {
        error =
            Math.max(
                error,
                Math.abs(
                    probabilities.get(row * 10 + label) - Double.parseDouble(expected[label])));
      }
    }

    System.out.printf("Caffe's LeNet: probabilities differ by at most %.1e%n", error);
    assertThat(error).isLessThan(1e-5);
  }

  private static byte[] digits() throws IOException {
    try (InputStream in =
        new GZIPInputStream(
            Files.newInputStream(RealData.path("mnist/t10k-images-idx3-ubyte.gz")))) {
      in.skipNBytes(16);
      return in.readNBytes(DIGITS * 784);
    }
  }
}
