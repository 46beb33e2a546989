package convoy.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import convoy.jobs.ConsoleCapture;
import java.awt.image.BufferedImage;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network trained on the digits 0 to 4 learns 5 to 9 with only its dense layers trained. */
class TransferMnistIT {
  private static final Path MNIST = Path.of("../../shared/data/mnist");
  private static final int TRAIN = 200;
  private static final int VAL = 80;
  private static final int SIDE = 28;

  private static final String RECIPE =
      """
      model: {name: lenet5-modern, inputSize: 28}
      data: {train: [{randomCrop: {size: 28, padding: 2}}], evaluation: [{centerCrop: 28}]}
      schedule: {name: constant, learningRate: 0.02}
      training: {epochs: 5, workers: 2, batchSizePerWorker: 20, seed: 1}
      sync: {interval: 5}
      """;

  @TempDir private static Path folder;

  @Test
  void frozenFeaturesOfFiveDigitsTellTheOtherFiveApart() throws IOException {
    assumeTrue(Files.isDirectory(MNIST), "MNIST is not at " + MNIST);
    Path low = folder.resolve("low-run");
    Path high = folder.resolve("high-run");
    done(TrainRun.train("local[2]", RECIPE, dataset("low", 0), low));
    Path others = dataset("high", 5);
    String[] more = {"--init=" + low, "--set=model.freeze=features", "--set=training.epochs=2"};
    done(TrainRun.train("local[2]", RECIPE, others, high, more));
    double first = TrainRun.status(low).get("top1").asDouble();
    double second = TrainRun.status(high).get("top1").asDouble();
    System.out.printf("digits 0-4 top-1 %.4f, 5-9 after two epochs %.4f%n", first, second);
    assertThat(first).isGreaterThan(0.95);
    assertThat(second).isGreaterThan(0.85);
    var before = TransferIT.tensors(low.resolve("model/weights.safetensors"));
    var after = TransferIT.tensors(high.resolve("model/weights.safetensors"));
    before.forEach(
        (name, values) ->
            assertThat(after.get(name).equals(values)).as(name).isEqualTo(name.startsWith("conv")));
  }

  private static void done(ConsoleCapture run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  /** Five digits from {@code first} on as class folders, prepared. */
  private static Path dataset(String name, int first) throws IOException {
    Path pictures = folder.resolve(name);
    write(pictures.resolve("train"), first, "train", TRAIN);
    write(pictures.resolve("val"), first, "t10k", VAL);
    Path dataset = folder.resolve(name + "-dataset");
    done(
        TrainRun.run(
            "local[2]", "prepare", "--source=folder", "--in=" + pictures, "--out=" + dataset));
    return dataset;
  }

  private static void write(Path into, int first, String part, int perClass) throws IOException {
    int[] written = new int[10];
    try (DataInputStream images = open(part + "-images-idx3-ubyte.gz");
        DataInputStream labels = open(part + "-labels-idx1-ubyte.gz")) {
      images.skipNBytes(16);
      labels.skipNBytes(8);
      for (int left = 5 * perClass; left > 0; ) {
        int label = labels.readUnsignedByte();
        byte[] pixels = images.readNBytes(SIDE * SIDE);
        if (label >= first && label < first + 5 && written[label] < perClass) {
          Path file = into.resolve("%d/%04d.png".formatted(label, written[label]++));
          Files.createDirectories(file.getParent());
          BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
          picture.getRaster().setDataElements(0, 0, SIDE, SIDE, pixels);
          ImageIO.write(picture, "png", file.toFile());
          left--;
        }
      }
    }
  }

  private static DataInputStream open(String name) throws IOException {
    return new DataInputStream(new GZIPInputStream(Files.newInputStream(MNIST.resolve(name))));
  }
}
