package convoy.data.input;

import convoy.data.dataset.Example;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Reads row groups on its own thread, in the order in which they will be requested, a few ahead.
 * Decoding then doesn't wait for the file system.
 */
final class RowGroupReadAhead implements Closeable {
  private final Source source;
  private final Iterator<Integer> order;
  private final Deque<Reading> ahead = new ArrayDeque<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(InputThreads.named("convoy-read-ahead"));

  /** The source of row groups; one thread uses it. */
  interface Source extends Closeable {
    List<Example> read(int rowGroup) throws IOException;
  }

  private record Reading(int rowGroup, Future<List<Example>> examples) {}

  /**
   * Starts to read.
   *
   * @param order of the row groups, each once
   * @param most row groups that are read before they are requested
   */
  RowGroupReadAhead(Source source, List<Integer> order, int most) {
    this.source = source;
    this.order = order.iterator();
    for (int i = 0; i < most; i++) {
      readOne();
    }
  }

  private void readOne() {
    if (order.hasNext()) {
      int rowGroup = order.next();
      ahead.add(new Reading(rowGroup, thread.submit(() -> source.read(rowGroup))));
    }
  }

  /** Waits for the next row group of the order, which must be {@code rowGroup}, and returns it. */
  List<Example> take(int rowGroup) throws IOException, InterruptedException {
    Reading next = ahead.poll();
    if (next == null || next.rowGroup != rowGroup) {
      throw new IllegalStateException("row group " + rowGroup + " is not next: " + next);
    }

    readOne();
    try {
      return next.examples.get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof IOException cause) {
        throw cause;
      }

      throw new IOException(
          "row group " + rowGroup + " can't be read: " + failure.getCause(), failure.getCause());
    }
  }

  /** Stops the thread, then closes the source. */
  @Override
  public void close() throws IOException {
    thread.shutdownNow();
    boolean interrupted = false;
    boolean running = true;
    while (running) {
      try {
        running = !thread.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        // The source is closed only after its reader has ended.
        interrupted = true;
      }
    }

    if (interrupted) {
      Thread.currentThread().interrupt();
    }

    source.close();
  }
}
