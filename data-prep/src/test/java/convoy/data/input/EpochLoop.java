package convoy.data.input;

import convoy.data.dataset.Manifest;
import convoy.data.dataset.Manifests;
import convoy.data.pipeline.Pipeline;
import convoy.data.pipeline.Pipelines;
import convoy.data.pipeline.Preprocessing;
import convoy.data.transform.ColourComponents;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A separate program: reads one epoch of a dataset, with a feed for each round as in training. It
 * prints the number of examples, the peak memory of the process after the first round and at the
 * end, and the heap.
 */
final class EpochLoop {
  private static final int ROUNDS = 8;
  private static final int SIDE = 64;
  private static final int BATCH = 32;
  private static final int THREADS = 2;
  private static final BufferPool BUFFERS = new BufferPool();

  private EpochLoop() {}

  public static void main(String[] arguments) throws Exception {
    Configuration configuration = new Configuration();
    Path dataset = new Path(arguments[0]);
    Manifest manifest = Manifests.read(configuration, dataset);
    List<Double> ones = List.of(1.0, 1.0, 1.0);
    Pipeline pipeline =
        Pipelines.training(
            List.of(Map.of("randomCrop", SIDE), Map.of("flip", "horizontal")),
            new Preprocessing(SIDE, 3, 1, ones, ones, List.of()),
            ColourComponents.NONE);
    long examples = manifest.splits().get("train").examples();
    BitSet seen = new BitSet();
    long first = 0;
    for (int round = 0; round < ROUNDS; round++) {
      WorkerRange range =
          new WorkerRange(
              "train", 42, 0, 1, 0, examples * round / ROUNDS, examples * (round + 1) / ROUNDS);
      read(EpochSource.of(configuration, dataset, manifest, range), pipeline, seen);
      first = round == 0 ? mostMemory() : first;
    }

    System.out.printf(
        "%d %d %d %d%n", seen.cardinality(), first, mostMemory(), Runtime.getRuntime().maxMemory());
  }

  /** Each example has a different label. */
  private static void read(EpochSource source, Pipeline pipeline, BitSet seen)
      throws IOException, InterruptedException {
    List<FloatBuffer> buffers =
        BUFFERS.take(MinibatchFeed.trainingBuffers(Long.MAX_VALUE), BATCH * pipeline.length());
    try (MinibatchFeed<ExampleRow> feed =
        new MinibatchFeed<>(source, pipeline, BATCH, THREADS, buffers)) {
      for (Minibatch<?> batch = feed.next(); batch != null; batch = feed.next()) {
        for (int i = 0; i < batch.size(); i++) {
          int label = batch.labels()[i];
          if (seen.get(label)) {
            throw new IllegalStateException("example " + label + " came twice");
          }

          seen.set(label);
        }
      }
    }

    BUFFERS.giveBack(buffers);
  }

  /** Returns the peak memory in bytes, as reported by Linux. */
  private static long mostMemory() throws IOException {
    String line =
        Files.readAllLines(java.nio.file.Path.of("/proc/self/status")).stream()
            .filter(status -> status.startsWith("VmHWM:"))
            .findFirst()
            .orElseThrow();
    return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
  }
}
