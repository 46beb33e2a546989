package convoy.data.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import convoy.data.dataset.DatasetException;
import convoy.data.dataset.Example;
import convoy.data.dataset.Manifest;
import convoy.data.dataset.ShardWriter;
import convoy.data.image.Picture;
import convoy.data.order.EpochShares;
import convoy.data.pipeline.Pipeline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinibatchReadersTest {
  private static final int EXAMPLES = 333;
  private static final int LENGTH = 5;

  private final Configuration configuration = new Configuration();
  @TempDir private java.nio.file.Path folder;
  private Manifest manifest;

  /** Four pixels that count the example, and the seed as it came. */
  private static final Pipeline PIPELINE =
      new Pipeline() {
        @Override
        public void apply(Picture picture, long seed, FloatBuffer into) {
          for (byte pixel : picture.pixels()) {
            into.put(pixel & 0xff);
          }

          into.put((float) (seed % 100_000));
        }

        @Override
        public int length() {
          return LENGTH;
        }
      };

  /** An example as it reached the network. */
  record Seen(int example, int label, float seed) {}

  @BeforeEach
  void writeTwoShards() throws IOException {
    List<Manifest.Shard> shards = new ArrayList<>();
    for (int shard = 0; shard < 2; shard++) {
      String path = "train/part-0000" + shard + ".parquet";
      try (ShardWriter writer = ShardWriter.create(configuration, dataset(), path, 16, "0")) {
        for (int i = shard * 200; i < Math.min(EXAMPLES, (shard + 1) * 200); i++) {
          writer.add(example(i));
        }

        shards.add(writer.finish());
      }
    }

    Manifest.Split train = new Manifest.Split(EXAMPLES, 0, List.of(), shards);
    manifest =
        new Manifest(
            1, List.of(), Map.of("train", train), null, JsonNodeFactory.instance.objectNode());
  }

  private static Example example(int index) {
    byte[] pixels = {(byte) (index >> 8), (byte) index, 7, 9};
    return new Example("k" + index, index % 10, 2, 2, 1, Example.RAW, pixels);
  }

  private Path dataset() {
    return new Path(folder.toUri());
  }

  private MinibatchReader training(int workers, int worker, long from, long to, int threads) {
    return MinibatchReaders.training(
        configuration,
        dataset(),
        manifest,
        new WorkerRange("train", 42, 3, workers, worker, from, to),
        PIPELINE,
        8,
        threads);
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(4 * floats).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  private static List<Seen> drain(MinibatchReader reader) throws Exception {
    try (reader) {
      List<Seen> seen = new ArrayList<>();
      FloatBuffer images = direct(8 * LENGTH);
      int[] labels = new int[8];
      int examples = reader.next(images, labels);
      while (examples > 0) {
        for (int i = 0; i < examples; i++) {
          int example = (int) (images.get(i * LENGTH) * 256 + images.get(i * LENGTH + 1));
          seen.add(new Seen(example, labels[i], images.get(i * LENGTH + 4)));
        }

        examples = reader.next(images, labels);
      }

      assertThat(reader.next(images, labels)).as("the end stays the end").isZero();
      return seen;
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "3,2", "400,1"})
  void anEpochBringsEveryExampleOnceWithTheSameSeedForAnyWorkers(int workers, int threads)
      throws Exception {
    Map<Integer, Seen> byExample = new TreeMap<>();
    for (int worker = 0; worker < workers; worker++) {
      long share = new EpochShares(EXAMPLES, workers, 8).share(worker);
      List<Seen> seen = drain(training(workers, worker, 0, share, threads));
      assertThat(seen).hasSize((int) share);
      seen.forEach(one -> byExample.put(one.example(), one));
    }

    List<Seen> alone = drain(training(1, 0, 0, EXAMPLES, 1));
    assertThat(byExample.values()).containsExactlyInAnyOrderElementsOf(alone);
    assertThat(byExample.keySet())
        .containsExactlyElementsOf(IntStream.range(0, EXAMPLES).boxed().toList());
    assertThat(alone).allMatch(one -> one.label() == one.example() % 10);
    assertThat(alone.stream().map(Seen::seed).distinct().count()).isGreaterThan(300);
  }

  @Test
  void roundsOneAfterTheOtherAreTheEpoch() throws Exception {
    List<Seen> rounds = new ArrayList<>();
    for (long from = 0; from < 166; from += 40) {
      rounds.addAll(drain(training(2, 0, from, Math.min(from + 40, 166), 1)));
    }

    assertThat(rounds).isEqualTo(drain(training(2, 0, 0, 166, 3)));
  }

  @Test
  void sequentialReadingKeepsTheStoredOrder() throws Exception {
    List<Seen> seen = new ArrayList<>();
    int rowGroups = manifest.splits().get("train").rowGroupSizes().size();
    for (int from = 0; from < rowGroups; from += 5) {
      int to = Math.min(from + 5, rowGroups);
      seen.addAll(
          drain(
              MinibatchReaders.sequential(
                  configuration, dataset(), manifest, "train", from, to, PIPELINE, 8, 1)));
    }

    assertThat(seen.stream().map(Seen::example))
        .containsExactlyElementsOf(IntStream.range(0, EXAMPLES).boxed().toList());
  }

  @Test
  void anErrorInTheThreadReachesTheCallerWithItsCause() throws Exception {
    Pipeline failing =
        pipeline(
            () -> {
              throw new IllegalStateException("the cat is out");
            });
    try (MinibatchReader reader = open(failing)) {
      assertThatThrownBy(() -> reader.next(direct(8 * LENGTH), new int[8]))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the cat is out")
          .hasCauseInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aPictureThatCannotBeDecodedIsNamed() throws Exception {
    Manifest.Shard shard;
    try (ShardWriter writer =
        ShardWriter.create(configuration, dataset(), "bad.parquet", 16, "0")) {
      writer.add(
          new Example(
              "train/bad.jpg",
              0,
              2,
              2,
              3,
              "jpeg",
              "no picture".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      shard = writer.finish();
    }

    manifest =
        new Manifest(
            1,
            List.of(),
            Map.of("train", new Manifest.Split(1, 0, List.of(), List.of(shard))),
            null,
            null);
    try (MinibatchReader reader = training(1, 0, 0, 1, 1)) {
      assertThatThrownBy(() -> reader.next(direct(8 * LENGTH), new int[8]))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("train/bad.jpg");
    }
  }

  @Test
  void closingStopsAThreadThatIsBusy() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    Pipeline slow =
        pipeline(
            () -> {
              started.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.set(true);
                Thread.currentThread().interrupt();
              }
            });
    MinibatchReader reader = open(slow);
    started.await();
    reader.close();
    assertThat(interrupted).isTrue();
    assertThatThrownBy(() -> reader.next(direct(8 * LENGTH), new int[8]))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closingEarlyEndsQuietly() throws Exception {
    for (int i = 0; i < 50; i++) {
      try (MinibatchReader reader = training(1, 0, 0, EXAMPLES, 1 + i % 3)) {
        if (i % 2 == 0) {
          assertThat(reader.next(direct(8 * LENGTH), new int[8])).isEqualTo(8);
        }
      }
    }
  }

  @Test
  void aCallerThatIsInterruptedWhileWaitingLearnsIt() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Pipeline stuck =
        pipeline(
            () -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    try (MinibatchReader reader = open(stuck)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> reader.next(direct(8 * LENGTH), new int[8]))
          .isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void anUnknownSplitAndABadRangeAreRefused() {
    assertThatThrownBy(() -> training(1, 0, 0, 334, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                MinibatchReaders.sequential(
                    configuration, dataset(), manifest, "val", 0, 1, PIPELINE, 8, 1))
        .hasMessage("the dataset has no split val, it has [train]");
  }

  private MinibatchReader open(Pipeline pipeline) {
    return MinibatchReaders.training(
        configuration,
        dataset(),
        manifest,
        new WorkerRange("train", 42, 3, 1, 0, 0, EXAMPLES),
        pipeline,
        8,
        1);
  }

  private static Pipeline pipeline(Runnable apply) {
    return new Pipeline() {
      @Override
      public void apply(Picture picture, long seed, FloatBuffer into) {
        apply.run();
      }

      @Override
      public int length() {
        return LENGTH;
      }
    };
  }
}
