package convoy.jobs.predict;

import convoy.data.input.ItemSource;
import convoy.data.input.Minibatch;
import convoy.data.input.MinibatchFeed;
import convoy.data.pipeline.Pipeline;
import convoy.jobs.network.NetworkPool;
import convoy.zoo.engine.NetworkSource;
import java.io.IOException;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;

/** Predicts pictures in a task, for evaluation and for scoring. */
public final class Predictions {
  /** Two, as one is filled while the other is used. Crops make them large, so not more. */
  private static final int BUFFERS = 2;

  private Predictions() {}

  /** Takes the result of each item, in the order of the items. */
  @FunctionalInterface
  public interface Sink<K> {
    /**
     * A picture and its probabilities, or an item with a problem.
     *
     * @param probabilities a new array by label; null if there is a problem
     */
    void accept(Minibatch.Entry<K> item, float[] probabilities);
  }

  /**
   * Predicts every item and closes the source. Decoding runs on a second thread, one minibatch
   * ahead. The network and its buffers are leased from the pool of this process.
   */
  public static <K> void run(Classifier classifier, ItemSource<K> items, Sink<K> sink)
      throws IOException, InterruptedException {
    NetworkSource source = classifier.network();
    Pipeline pipeline = classifier.pipeline();
    int pictures = Math.max(1, source.maxBatch() / pipeline.inputs());
    int floats =
        Math.multiplyExact(pictures, Math.multiplyExact(pipeline.inputs(), pipeline.length()));
    try (NetworkPool.Lease lease =
        NetworkPool.ofThisProcess().lease(source, classifier.weights())) {
      CropMeans means = new CropMeans(lease.network(), source, pipeline, pictures);
      try (MinibatchFeed<K> feed =
          new MinibatchFeed<>(items, pipeline, pictures, 1, lease.buffers(BUFFERS, floats))) {
        for (Minibatch<K> batch = feed.next(); batch != null; batch = feed.next()) {
          stopIfKilled();
          means.predict(batch.images(), batch.size());
          for (Minibatch.Entry<K> item : batch.entries()) {
            sink.accept(item, item.problem() == null ? means.of(item.place()) : null);
          }
        }
      }
    }
  }

  private static void stopIfKilled() {
    TaskContext task = TaskContext.get();
    if (task != null && task.isInterrupted()) {
      throw new TaskKilledException();
    }
  }
}
