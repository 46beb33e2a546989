package convoy.data.input;

import convoy.data.dataset.DatasetException;
import convoy.data.pipeline.Pipeline;
import java.io.Closeable;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Decodes the minibatches of a source on separate threads, ahead of the network. The caller uses
 * one minibatch while the others are being filled. One thread uses the feed.
 */
public final class MinibatchFeed<K> implements Closeable {
  private static final int AHEAD = 3;

  private final MinibatchFiller<K> filler;
  private final BlockingQueue<Minibatch<K>> free;
  private final BlockingQueue<Filled<K>> filled;
  private final Thread thread;
  private Minibatch<K> inUse;
  private long waitNanos;
  private boolean ended;
  private boolean closed;

  /** A minibatch, or the end with its reason if the end came too early. */
  private record Filled<K>(Minibatch<K> minibatch, Throwable failure) {}

  /**
   * Starts to fill the buffers. The feed closes the source. The buffers belong to the caller again
   * after the feed is closed.
   *
   * @param batchSize pictures of a minibatch
   * @param threads that decode, at least 1
   * @param buffers direct, each with room for {@code batchSize} pictures; with two or more, one is
   *     filled while another is used
   */
  public MinibatchFeed(
      ItemSource<K> source,
      Pipeline pipeline,
      int batchSize,
      int threads,
      List<FloatBuffer> buffers) {
    if (batchSize < 1 || threads < 1 || buffers.isEmpty()) {
      throw new IllegalArgumentException(
          "batch size %d, threads %d and buffers %d must be at least 1"
              .formatted(batchSize, threads, buffers.size()));
    }

    this.filler = new MinibatchFiller<>(source, pipeline, batchSize, threads);
    this.free = new ArrayBlockingQueue<>(buffers.size());
    this.filled = new ArrayBlockingQueue<>(buffers.size() + 1);
    int pictureLength = pipeline.inputs() * pipeline.length();
    buffers.forEach(buffer -> free.add(new Minibatch<>(buffer, batchSize, pictureLength)));
    this.thread = InputThreads.NAMED.newThread(this::fill);
    thread.start();
  }

  /**
   * Returns the number of buffers for training: one in use and three ahead, or fewer if there are
   * few minibatches.
   */
  public static int trainingBuffers(long minibatches) {
    return (int) Math.min(AHEAD + 1, Math.max(1, minibatches));
  }

  /** Returns the next minibatch, which replaces the one before, or null at the end. */
  public Minibatch<K> next() throws IOException, InterruptedException {
    if (closed) {
      throw new IllegalStateException("the feed is closed");
    }

    if (ended) {
      return null;
    }

    if (inUse != null) {
      free.add(inUse);
      inUse = null;
    }

    long start = System.nanoTime();
    Filled<K> next = filled.take();
    waitNanos += System.nanoTime() - start;
    if (next.minibatch == null) {
      ended = true;
      rethrow(next.failure);
    }

    inUse = next.minibatch;
    return inUse;
  }

  /** Returns the time that the caller has waited in {@link #next} so far, in nanoseconds. */
  public long waitNanos() {
    return waitNanos;
  }

  /** Stops all threads of the feed and waits until none of them can write into a buffer. */
  @Override
  public void close() {
    if (closed) {
      return;
    }

    closed = true;
    thread.interrupt();
    filler.stop();
    boolean interrupted = false;
    boolean running = true;
    while (running) {
      try {
        thread.join();
        running = !filler.awaitStop();
      } catch (InterruptedException e) {
        // A task that is killed closes its feed too. The feed's threads end within one picture.
        interrupted = true;
      }
    }

    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void fill() {
    Throwable failure = null;
    try (filler) {
      while (filler.hasNext()) {
        Minibatch<K> minibatch = free.take();
        filler.fill(minibatch);
        filled.put(new Filled<>(minibatch, null));
      }
    } catch (InterruptedException stopped) {
      failure = stopped;
    } catch (Throwable any) {
      // The caller of next gets every failure, including an error of the JVM.
      failure = any;
    }

    filled.add(new Filled<>(null, failure));
  }

  private static void rethrow(Throwable failure) throws IOException {
    if (failure == null) {
      return;
    }

    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    if (failure instanceof DatasetException) {
      throw new DatasetException(message, failure);
    }

    throw new IOException("reading the minibatches failed: " + message, failure);
  }
}
