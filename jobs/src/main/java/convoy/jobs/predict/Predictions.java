package convoy.jobs.predict;

import convoy.data.image.BadPictureException;
import convoy.data.pipeline.Pipeline;
import convoy.jobs.network.NetworkPool;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSource;
import java.io.IOException;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;

/** Pictures through a classifier, inside a task: the one way of evaluation and scoring. */
public final class Predictions {
  private Predictions() {}

  /** Takes what becomes of each item, in the order of the items. */
  public interface Sink<K> {
    /**
     * A picture and its probabilities.
     *
     * @param width upright, in pixels
     * @param probabilities one a class, valid during the call
     */
    void accept(K key, int width, int height, float[] probabilities);

    /** An item that is no usable picture. */
    void reject(K key, BadPictureException problem) throws IOException;
  }

  /**
   * Predicts every item. Decoding runs on a second thread, one minibatch ahead; the network is
   * leased from this process's pool.
   */
  public static <K> void run(Classifier classifier, Iterator<Item<K>> items, Sink<K> sink)
      throws IOException, InterruptedException {
    NetworkSource source = classifier.network();
    Pipeline pipeline = classifier.pipeline();
    int pictures = Math.max(1, source.maxBatch() / pipeline.inputs());
    int floats =
        Math.multiplyExact(pictures, Math.multiplyExact(pipeline.inputs(), pipeline.length()));
    try (NetworkPool.Lease lease = NetworkPool.ofThisProcess().lease(source)) {
      Network network = lease.loaded(classifier.weights());
      CropMeans means = new CropMeans(network, source, pipeline, pictures);
      try (MinibatchFeed<K> feed =
          new MinibatchFeed<>(
              items, pipeline, pictures, lease.buffers(MinibatchFeed.BUFFERS, floats))) {
        for (Minibatch<K> batch = feed.next(); batch != null; batch = feed.next()) {
          stopIfKilled();
          means.predict(batch.images().clear(), batch.size());
          deliver(batch, means, sink);
          feed.release(batch);
        }
      }
    }
  }

  private static <K> void deliver(Minibatch<K> batch, CropMeans means, Sink<K> sink)
      throws IOException {
    for (Minibatch.Entry<K> entry : batch.entries()) {
      if (entry.problem() != null) {
        sink.reject(entry.key(), entry.problem());
      } else {
        sink.accept(entry.key(), entry.width(), entry.height(), means.of(entry.place()));
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
