package convoy.averaging.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.jobs.ConsoleCapture;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests DL4J's parameter averaging with the recipe and shards of every other strategy. */
@Tag("slow")
class Dl4jAveragingIT {
  private static final Path MNIST = Path.of("../../shared/data/mnist").toAbsolutePath().normalize();
  private static final int DIGITS = 6_000;

  @Test
  void threeEpochsOverTheFirstDigitsOfMnistAreEnoughFor93Percent(@TempDir Path folder)
      throws IOException {
    assumeTrue(Files.isDirectory(MNIST), "MNIST is not at " + MNIST);
    Path digits = Files.createDirectory(folder.resolve("digits"));
    cut(
        MNIST.resolve("train-images-idx3-ubyte.gz"),
        digits.resolve("train-images-idx3-ubyte"),
        16,
        28 * 28);
    cut(
        MNIST.resolve("train-labels-idx1-ubyte.gz"),
        digits.resolve("train-labels-idx1-ubyte"),
        8,
        1);
    for (String name : new String[] {"t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"}) {
      Files.copy(MNIST.resolve(name), digits.resolve(name));
    }

    Path dataset = folder.resolve("dataset");
    Path run = folder.resolve("run");
    command("prepare", "--source=mnist", "--in=" + digits, "--out=" + dataset);
    command(
        "train",
        "--recipe=" + Path.of("../conf/lenet5-mnist.yaml").toAbsolutePath().normalize(),
        "--data=" + dataset,
        "--out=" + run,
        "--set=training.epochs=3",
        "--set=sync.strategy=dl4j");
    double top1 =
        new ObjectMapper().readTree(run.resolve("status.json").toFile()).get("top1").doubleValue();
    assertThat(top1).isGreaterThanOrEqualTo(0.93);
    assertNothingInvented(Files.readAllLines(run.resolve("metrics.jsonl")).get(0));
  }

  /** DL4J reports one loss for all workers together, and no times. */
  private static void assertNothingInvented(String line) throws IOException {
    JsonNode round = new ObjectMapper().readTree(line);
    assertThat(round.get("loss").doubleValue()).isBetween(0.1, 3.0);
    for (String time : new String[] {"computeMs", "dataWaitMs", "syncMs"}) {
      assertThat(round.get(time).isNull()).as(time).isTrue();
    }

    JsonNode worker = round.at("/workers/1");
    assertThat(worker.get("examples").asLong()).isPositive();
    for (String unknown : new String[] {"lossSum", "startedMillis", "waitMillis", "host", "cpu"}) {
      assertThat(worker.get(unknown).isNull()).as(unknown).isTrue();
    }
  }

  private static void command(String... arguments) {
    System.setProperty("spark.master", "local[2]");
    try {
      ConsoleCapture result = ConsoleCapture.of(arguments);
      assertThat(result.exitCode()).as("%s%n%s", result.out(), result.err()).isZero();
    } finally {
      System.clearProperty("spark.master");
    }
  }

  /** Copies the first digits of an IDX file. Bytes 4 to 7 of its header are their number. */
  private static void cut(Path from, Path to, int header, int bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(from)));
        DataOutputStream out = new DataOutputStream(Files.newOutputStream(to))) {
      out.writeInt(in.readInt());
      assertThat(in.readInt()).isGreaterThan(DIGITS);
      out.writeInt(DIGITS);
      out.write(in.readNBytes(header - 8 + DIGITS * bytes));
    }
  }
}
