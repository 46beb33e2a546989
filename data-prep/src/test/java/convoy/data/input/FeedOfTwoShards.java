package convoy.data.input;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import convoy.data.dataset.Example;
import convoy.data.dataset.Manifest;
import convoy.data.dataset.ShardWriter;
import convoy.data.image.Picture;
import convoy.data.pipeline.Pipeline;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A dataset of two shards, and feeds that read it. */
abstract class FeedOfTwoShards {
  static final int EXAMPLES = 333;
  static final int LENGTH = 5;
  static final int BATCH = 8;

  final Configuration configuration = new Configuration();
  @TempDir private java.nio.file.Path folder;
  Manifest manifest;

  /** Writes four pixels that count the example, and the seed unchanged. */
  static final Pipeline PIPELINE =
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

  final Path dataset() {
    return new Path(folder.toUri());
  }

  final MinibatchFeed<ExampleRow> training(
      int workers, int worker, long from, long to, int threads) {
    return feed(source(workers, worker, from, to), PIPELINE, threads);
  }

  final EpochSource source(int workers, int worker, long from, long to) {
    return EpochSource.of(
        configuration,
        dataset(),
        manifest,
        new WorkerRange("train", 42, 3, workers, worker, from, to));
  }

  final RowGroupSource rowGroups(String split, int from, int to) {
    return RowGroupSource.of(configuration, dataset(), manifest, split, from, to);
  }

  static <K> MinibatchFeed<K> feed(ItemSource<K> source, Pipeline pipeline, int threads) {
    int floats = BATCH * pipeline.inputs() * pipeline.length();
    return new MinibatchFeed<>(source, pipeline, BATCH, threads, new BufferPool().take(3, floats));
  }
}
