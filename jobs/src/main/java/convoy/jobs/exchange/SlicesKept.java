package convoy.jobs.exchange;

import convoy.jobs.spark.internal.Blocks;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Keeps the slices of the next state as blocks. A slice is sent to a second executor while the next
 * one is fetched and reduced.
 */
final class SlicesKept implements AutoCloseable {
  /** No slice waits behind the one that is sent, so that a slow network doesn't fill the heap. */
  private static final int MOST_WAITING = 1;

  private final ExecutorService sender = Executors.newSingleThreadExecutor();
  private final Deque<Future<?>> waiting = new ArrayDeque<>();
  private final Blocks into;

  SlicesKept(Blocks into) {
    this.into = into;
  }

  void put(int index, Slice slice) {
    if (waiting.size() == MOST_WAITING) {
      Waiting.on(waiting.remove());
    }

    waiting.add(sender.submit(() -> into.put(index, slice.bytes())));
  }

  /** Returns when all slices are kept. */
  void await() {
    while (!waiting.isEmpty()) {
      Waiting.on(waiting.remove());
    }
  }

  @Override
  public void close() {
    sender.shutdownNow();
  }
}
