package convoy.data.input;

import convoy.data.dataset.DatasetException;
import convoy.data.order.EpochOrder.Position;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Fills a small ring of minibatches in a thread of its own, ahead of the network. */
final class PrefetchingReader implements MinibatchReader {
  private static final int RING = 3;
  private final MinibatchFiller filler;
  private final List<Position> positions;
  private final int batchSize;
  private final int length;
  private final BufferPool pool;
  private final BlockingQueue<Slot> free = new ArrayBlockingQueue<>(RING);
  private final BlockingQueue<Slot> filled = new ArrayBlockingQueue<>(RING + 1);
  private final ExecutorService decoders;
  private final Thread thread;
  private long waitNanos;
  private boolean ended;
  private boolean closed;

  /** Minibatch, or the end (no examples) with its reason if it came too early. */
  private static final class Slot {
    private final FloatBuffer images;
    private final int[] labels;
    private int examples;
    private Throwable failure;

    Slot(FloatBuffer images, int[] labels) {
      this.images = images;
      this.labels = labels;
    }
  }

  PrefetchingReader(
      MinibatchFiller filler,
      List<Position> positions,
      int length,
      int batchSize,
      int threads,
      BufferPool pool) {
    this.filler = filler;
    this.positions = positions;
    this.length = length;
    this.batchSize = batchSize;
    this.pool = pool;
    this.decoders = threads == 1 ? null : Executors.newFixedThreadPool(threads, daemons());
    this.thread = daemons().newThread(this::produce);
    int minibatches = (positions.size() + batchSize - 1) / batchSize;
    for (int i = 0; i < Math.min(RING, minibatches); i++) {
      free.add(new Slot(pool.take(Math.multiplyExact(batchSize, length)), new int[batchSize]));
    }

    thread.start();
  }

  @Override
  public int next(FloatBuffer images, int[] labels) throws IOException, InterruptedException {
    if (closed) {
      throw new IllegalStateException("the reader is closed");
    }

    if (ended) {
      return 0;
    }

    long start = System.nanoTime();
    Slot slot = filled.take();
    waitNanos += System.nanoTime() - start;
    if (slot.examples == 0) {
      ended = true;
      rethrow(slot.failure);
      return 0;
    }

    images.put(0, slot.images, 0, slot.examples * length);
    System.arraycopy(slot.labels, 0, labels, 0, slot.examples);
    int examples = slot.examples;
    free.add(slot);
    return examples;
  }

  @Override
  public long waitNanos() {
    return waitNanos;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }

    closed = true;
    thread.interrupt();
    if (decoders != null) {
      decoders.shutdownNow();
    }

    awaitEnd();
    free.forEach(slot -> pool.giveBack(slot.images));
    filled.stream().filter(slot -> slot.images != null).forEach(slot -> pool.giveBack(slot.images));
  }

  /** The buffers go to the next reader: nobody may write into them any more. */
  private void awaitEnd() {
    boolean interrupted = false;
    boolean running = true;
    while (running) {
      try {
        thread.join();
        running = decoders != null && !decoders.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        // A task that is killed closes its reader too; both end within one picture.
        interrupted = true;
      }
    }

    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void produce() {
    Slot end = new Slot(null, null);
    try (filler) {
      for (int from = 0; from < positions.size(); from += batchSize) {
        Slot slot = free.take();
        List<Position> batch =
            positions.subList(from, Math.min(from + batchSize, positions.size()));
        filler.fill(batch, slot.images, slot.labels, decoders);
        slot.examples = batch.size();
        filled.put(slot);
      }
    } catch (InterruptedException stopped) {
      end.failure = stopped;
    } catch (Throwable failure) {
      // Whatever it is, an error of the JVM too, it belongs to the caller of next.
      end.failure = failure;
    }

    filled.add(end);
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

  private static ThreadFactory daemons() {
    return task -> {
      Thread thread = new Thread(task, "convoy-input");
      thread.setDaemon(true);
      return thread;
    };
  }
}
