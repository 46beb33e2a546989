package convoy.benchmarks.data;

import convoy.data.dataset.Manifest;
import convoy.data.dataset.Manifests;
import convoy.data.input.BufferPool;
import convoy.data.input.EpochSource;
import convoy.data.input.ExampleRow;
import convoy.data.input.Minibatch;
import convoy.data.input.MinibatchFeed;
import convoy.data.input.WorkerRange;
import convoy.data.pipeline.Pipeline;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The command {@code BenchShards DATASET}: measures the pictures per second from shards to
 * minibatches with one decoding thread. The results are medians.
 */
final class BenchShards {
  private static final String SPLIT = "train";
  private static final int BATCH = 64;
  private static final int WARM_UP = 1;
  private static final int ROUNDS = 5;
  private static final BufferPool BUFFERS = new BufferPool();

  private BenchShards() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path dataset = new Path(arguments[0]);
    Configuration configuration = new Configuration();
    Manifest manifest = Manifests.read(configuration, dataset);
    List<Double> seconds = new ArrayList<>();
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      double epoch = epoch(configuration, dataset, manifest, round + WARM_UP);
      if (round >= 0) {
        seconds.add(epoch);
      }
    }

    double median = seconds.stream().sorted().toList().get(ROUNDS / 2);
    long examples = manifest.splits().get(SPLIT).examples();
    System.out.printf(
        Locale.ROOT,
        "%-32s %10.0f pictures/s%n",
        "shards to minibatches of " + BATCH,
        examples / median);
  }

  /** Reads an epoch as a single worker does in training. */
  private static double epoch(
      Configuration configuration, Path dataset, Manifest manifest, int epoch)
      throws IOException, InterruptedException {
    long examples = manifest.splits().get(SPLIT).examples();
    Pipeline pipeline = BenchData.training(true);
    WorkerRange whole = new WorkerRange(SPLIT, 1, epoch, 1, 0, 0, examples);
    List<FloatBuffer> buffers =
        BUFFERS.take(MinibatchFeed.trainingBuffers(Long.MAX_VALUE), BATCH * pipeline.length());
    long start = System.nanoTime();
    try (MinibatchFeed<ExampleRow> feed =
        new MinibatchFeed<>(
            EpochSource.of(configuration, dataset, manifest, whole), pipeline, BATCH, 1, buffers)) {
      long seen = 0;
      for (Minibatch<?> batch = feed.next(); batch != null; batch = feed.next()) {
        seen += batch.size();
      }

      if (seen != examples) {
        throw new IllegalStateException(seen + " of " + examples + " pictures came");
      }
    }

    BUFFERS.giveBack(buffers);
    return (System.nanoTime() - start) / 1e9;
  }
}
