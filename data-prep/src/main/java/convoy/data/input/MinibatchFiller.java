package convoy.data.input;

import convoy.data.image.BadPictureException;
import convoy.data.image.Picture;
import convoy.data.pipeline.Pipeline;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Decodes items into the pixels of a minibatch. One thread calls it. The number of items that it
 * has taken from the source but not yet added is at most the number of decoding threads, so the
 * source limits the memory of their bytes.
 */
final class MinibatchFiller<K> implements Closeable {
  /**
   * The most bad items of a minibatch. Without a limit, a folder without any picture would give one
   * endless minibatch.
   */
  private static final int MOST_BAD = 1024;

  private final ItemSource<K> source;
  private final Pipeline pipeline;
  private final int batchSize;
  private final int threads;

  /** Null if the calling thread decodes. */
  private final ExecutorService decoders;

  /** The items that are being decoded, in order. */
  private final Deque<Future<Minibatch.Entry<K>>> decoding = new ArrayDeque<>();

  private FeedItem<K> ahead;

  MinibatchFiller(ItemSource<K> source, Pipeline pipeline, int batchSize, int threads) {
    this.source = source;
    this.pipeline = pipeline;
    this.batchSize = batchSize;
    this.threads = threads;
    this.decoders = threads == 1 ? null : Executors.newFixedThreadPool(threads, InputThreads.NAMED);
  }

  /** Returns whether the source has another item. */
  boolean hasNext() throws IOException, InterruptedException {
    if (ahead == null) {
      ahead = source.next();
    }

    return ahead != null;
  }

  /** Fills a minibatch with the next items until it is full, or the group or the source ends. */
  void fill(Minibatch<K> minibatch) throws IOException, InterruptedException {
    minibatch.clear();
    int group = ahead.group();
    do {
      int place = minibatch.size();
      while (place < batchSize && hasMore(minibatch, group)) {
        if (decoding.size() == threads) {
          collect(minibatch);
        }

        place = decoding.isEmpty() ? minibatch.size() : place;
        start(minibatch, place++);
      }

      while (!decoding.isEmpty()) {
        collect(minibatch);
      }
      // Bad items leave room for more.
    } while (minibatch.size() < batchSize && hasMore(minibatch, group));
  }

  private boolean hasMore(Minibatch<K> minibatch, int group)
      throws IOException, InterruptedException {
    return minibatch.entries().size() + decoding.size() < batchSize + MOST_BAD
        && hasNext()
        && ahead.group() == group;
  }

  private void start(Minibatch<K> minibatch, int place) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }

    FeedItem<K> item = ahead;
    ahead = null;
    FutureTask<Minibatch.Entry<K>> task = new FutureTask<>(() -> decode(item, minibatch, place));
    decoding.add(task);
    if (decoders == null) {
      task.run();
    } else {
      decoders.execute(task);
    }
  }

  private Minibatch.Entry<K> decode(FeedItem<K> item, Minibatch<K> minibatch, int place)
      throws IOException, InterruptedException {
    try {
      Picture picture = item.picture().decode();
      pipeline.apply(picture, item.seed(), minibatch.room(place));
      return new Minibatch.Entry<>(
          item.key(), item.label(), picture.width(), picture.height(), place, null);
    } catch (BadPictureException | RuntimeException | OutOfMemoryError failure) {
      return Minibatch.Entry.bad(item.key(), source.reject(item.key(), failure));
    }
  }

  private void collect(Minibatch<K> minibatch) throws IOException, InterruptedException {
    try {
      minibatch.add(decoding.remove().get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }

      if (e.getCause() instanceof InterruptedException stopped) {
        throw stopped;
      }

      if (e.getCause() instanceof RuntimeException bug) {
        throw bug;
      }

      if (e.getCause() instanceof Error error) {
        throw error;
      }

      throw new IOException("decoding failed: " + e.getCause(), e.getCause());
    }
  }

  /** Interrupts the threads that decode; any thread may call it. */
  void stop() {
    if (decoders != null) {
      decoders.shutdownNow();
    }
  }

  /** Waits a while and returns whether all decoding threads have ended. */
  boolean awaitStop() throws InterruptedException {
    return decoders == null || decoders.awaitTermination(1, TimeUnit.MINUTES);
  }

  /** Closes the source. The filling thread calls this. */
  @Override
  public void close() throws IOException {
    source.close();
  }
}
