package convoy.jobs.predict;

import convoy.data.image.BadPictureException;
import convoy.data.image.Picture;
import convoy.data.pipeline.Pipeline;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and decodes pictures on one thread of its own while the caller's thread computes: one
 * minibatch is being filled, one is being used. Close it before its buffers go elsewhere.
 */
final class MinibatchFeed<K> implements AutoCloseable {
  /** Buffers needed. */
  static final int BUFFERS = 2;

  /** A folder without a single picture must not make one endless minibatch. */
  private static final int MOST_BAD = 1024;

  private static final Logger LOG = LoggerFactory.getLogger(MinibatchFeed.class);

  private final Iterator<Item<K>> items;
  private final Pipeline pipeline;
  private final int maxBatch;
  private final BlockingQueue<Minibatch<K>> free = new ArrayBlockingQueue<>(BUFFERS);
  private final BlockingQueue<Filled<K>> filled = new ArrayBlockingQueue<>(BUFFERS + 1);
  private final Thread reader = new Thread(this::fill, "convoy-minibatch-feed");
  private Item<K> ahead;

  /** A minibatch, or the end (both null), or what ended the reader. */
  private record Filled<K>(Minibatch<K> minibatch, Throwable failure) {}

  MinibatchFeed(
      Iterator<Item<K>> items, Pipeline pipeline, int maxBatch, List<FloatBuffer> buffers) {
    this.items = items;
    this.pipeline = pipeline;
    this.maxBatch = maxBatch;
    buffers.forEach(buffer -> free.add(new Minibatch<>(buffer)));
    reader.setDaemon(true);
    reader.start();
  }

  /** The next minibatch, null at the end; give it back with {@link #release}. */
  Minibatch<K> next() throws InterruptedException, IOException {
    Filled<K> next = filled.take();
    if (next.failure instanceof IOException failure) {
      throw new IOException(failure.getMessage(), failure);
    }

    if (next.failure != null) {
      throw new IllegalStateException(next.failure.getMessage(), next.failure);
    }

    return next.minibatch;
  }

  void release(Minibatch<K> minibatch) {
    free.add(minibatch);
  }

  private void fill() {
    try {
      while (advance()) {
        Minibatch<K> minibatch = free.take();
        minibatch.clear();
        fill(minibatch);
        filled.add(new Filled<>(minibatch, null));
      }

      filled.add(new Filled<>(null, null));
    } catch (InterruptedException closed) {
      // The caller needs no more.
    } catch (Throwable failure) {
      filled.add(new Filled<>(null, failure));
    }
  }

  private void fill(Minibatch<K> minibatch) throws IOException, InterruptedException {
    int group = ahead.group();
    while (advance()
        && ahead.group() == group
        && minibatch.size() < maxBatch
        && minibatch.entries().size() < maxBatch + MOST_BAD) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }

      read(ahead, minibatch);
      ahead = null;
    }
  }

  /** Whether there is an item ahead. */
  private boolean advance() {
    if (ahead == null && items.hasNext()) {
      ahead = items.next();
    }

    return ahead != null;
  }

  private void read(Item<K> item, Minibatch<K> minibatch) throws IOException {
    try {
      Picture picture = item.picture().read();
      FloatBuffer images = minibatch.images();
      images.position(minibatch.size() * pipeline.inputs() * pipeline.length());
      pipeline.apply(picture, 0, images);
      minibatch.add(item.key(), picture.width(), picture.height());
    } catch (BadPictureException bad) {
      minibatch.addBad(item.key(), bad);
    } catch (RuntimeException bug) {
      LOG.warn("{} could not be processed", item.key(), bug);
      minibatch.addBad(item.key(), new BadPictureException("failed", bug.toString()));
    } catch (OutOfMemoryError large) {
      minibatch.addBad(
          item.key(),
          new BadPictureException(
              "out-of-memory", "the task's heap is too small for it: " + large.getMessage()));
    }
  }

  /** Ends the reader and waits until it has let go of its buffers. */
  @Override
  public void close() {
    reader.interrupt();
    boolean interrupted = false;
    while (reader.isAlive()) {
      try {
        reader.join();
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }

    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
