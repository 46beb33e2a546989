package convoy.data.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import convoy.data.ChildJvm;
import convoy.data.dataset.Example;
import convoy.data.dataset.Manifest;
import convoy.data.dataset.Manifests;
import convoy.data.dataset.ShardWriter;
import convoy.data.image.Encoder;
import convoy.data.image.Picture;
import convoy.data.order.SplitMix64;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker's memory doesn't grow with the size of the dataset. */
class LargerThanMemoryTest {
  private static final int EXAMPLES = 6000;
  private static final int SHARDS = 4;
  private static final int ROW_GROUP = 128;
  private static final int SIDE = 108;

  private final Configuration configuration = new Configuration();
  @TempDir private java.nio.file.Path folder;

  /** Creates noise, which makes a PNG of 35 KB. */
  private static byte[] png(int seed) {
    SplitMix64 random = new SplitMix64(seed);
    byte[] pixels = new byte[SIDE * SIDE * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextLong();
    }

    return Encoder.png(new Picture(SIDE, SIDE, 3, pixels));
  }

  private long write() throws IOException {
    Path dataset = new Path(folder.toUri());
    List<Manifest.Shard> shards = new ArrayList<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      String path = "train/part-0000" + shard + ".parquet";
      try (ShardWriter writer =
          ShardWriter.create(configuration, dataset, path, ROW_GROUP, "test")) {
        for (int i = shard * EXAMPLES / SHARDS; i < (shard + 1) * EXAMPLES / SHARDS; i++) {
          writer.add(new Example("k" + i, i, SIDE, SIDE, 3, "png", png(i)));
        }

        shards.add(writer.finish());
      }
    }

    long bytes = shards.stream().mapToLong(Manifest.Shard::bytes).sum();
    Manifest.Split train = new Manifest.Split(EXAMPLES, bytes, List.of(), shards);
    Manifests.write(
        configuration,
        dataset,
        new Manifest(
            1, List.of(), Map.of("train", train), null, JsonNodeFactory.instance.objectNode()));
    return bytes;
  }

  @Test
  void anEpochOfADatasetLargerThanTheHeapIsReadWhole() throws Exception {
    assumeTrue(Files.exists(java.nio.file.Path.of("/proc/self/status")), "Linux tells memory");
    long bytes = write();
    // The heap has its full size from the start, so any growth is native memory.
    ChildJvm child =
        ChildJvm.run(
            List.of("-Xms96m", "-Xmx96m", "-XX:+AlwaysPreTouch"),
            EpochLoop.class,
            folder.toUri().toString());
    List<Long> numbers = Stream.of(child.survived().get(0).split(" ")).map(Long::valueOf).toList();
    long firstRound = numbers.get(1);
    long most = numbers.get(2);
    System.out.printf(
        "%,d bytes of shards, memory %,d after a round, %,d at the end%n", bytes, firstRound, most);
    assertThat(numbers.get(0)).as("examples").isEqualTo(EXAMPLES);
    assertThat(bytes).as("dataset").isGreaterThan(2 * numbers.get(3));
    assertThat(most - firstRound).as("bytes of memory more").isLessThan(40_000_000);
    assertThat(most).as("bytes of memory at most").isLessThan(350_000_000);
  }
}
