package convoy.jobs.exchange;

import convoy.jobs.spark.internal.Blocks;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Keeps the slices of the next state as blocks. A slice is sent to a second executor while the next
 * one is fetched and reduced.
 */
final class SlicesKept implements AutoCloseable {
  /** So many slices may wait, so that a slow network doesn't fill the heap. */
  private static final int MOST_WAITING = 3;

  private final ExecutorService sender = Executors.newSingleThreadExecutor();
  private final Deque<Future<?>> waiting = new ArrayDeque<>();
  private final Blocks into;

  SlicesKept(Blocks into) {
    this.into = into;
  }

  void put(int index, Slice slice) {
    if (waiting.size() == MOST_WAITING) {
      awaitFirst();
    }

    waiting.add(sender.submit(() -> into.put(index, slice.bytes())));
  }

  /** Returns when all slices are kept. */
  void await() {
    while (!waiting.isEmpty()) {
      awaitFirst();
    }
  }

  private void awaitFirst() {
    try {
      waiting.remove().get();
    } catch (ExecutionException problem) {
      throw new IllegalStateException("a slice could not be kept", problem.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while slices are kept", stopped);
    }
  }

  @Override
  public void close() {
    sender.shutdownNow();
  }
}
