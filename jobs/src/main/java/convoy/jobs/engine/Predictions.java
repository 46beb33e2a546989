package convoy.jobs.engine;

import convoy.data.image.BadPictureException;
import convoy.data.transform.Pipeline;
import convoy.zoo.engine.Network;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
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
    void reject(K key, BadPictureException problem);
  }

  /**
   * Predicts every item. Decoding runs on a second thread, one minibatch ahead; the network is
   * leased from this process's pool.
   */
  public static <K> void run(Classifier classifier, Iterator<Item<K>> items, Sink<K> sink)
      throws IOException, InterruptedException {
    NetworkSource source = classifier.network();
    Pipeline pipeline = classifier.pipeline();
    int floats = Math.multiplyExact(source.maxBatch(), pipeline.length());
    try (NetworkPool.Lease lease = NetworkPool.ofThisProcess().lease(source)) {
      Network network = lease.loaded(classifier.weights());
      FloatBuffer probabilities = direct(source.maxBatch() * source.classes());
      try (MinibatchFeed<K> feed =
          new MinibatchFeed<>(
              items, pipeline, source.maxBatch(), lease.buffers(MinibatchFeed.BUFFERS, floats))) {
        for (Minibatch<K> batch = feed.next(); batch != null; batch = feed.next()) {
          stopIfKilled();
          if (batch.size() > 0) {
            network.predict(batch.images().clear(), batch.size(), probabilities.clear());
          }

          deliver(batch, probabilities, new float[source.classes()], sink);
          feed.release(batch);
        }
      }
    }
  }

  private static <K> void deliver(
      Minibatch<K> batch, FloatBuffer probabilities, float[] one, Sink<K> sink) {
    for (Minibatch.Entry<K> entry : batch.entries()) {
      if (entry.problem() != null) {
        sink.reject(entry.key(), entry.problem());
      } else {
        probabilities.get(entry.place() * one.length, one);
        sink.accept(entry.key(), entry.width(), entry.height(), one);
      }
    }
  }

  private static void stopIfKilled() {
    TaskContext task = TaskContext.get();
    if (task != null && task.isInterrupted()) {
      throw new TaskKilledException();
    }
  }

  private static FloatBuffer direct(int floats) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES));
    return bytes.order(ByteOrder.nativeOrder()).asFloatBuffer();
  }
}
