package convoy.jobs.exchange;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Fetches slices of a state in a fixed order, some ahead of their use. */
final class SlicesAhead implements AutoCloseable {
  /** While one slice is on its way, another is asked for, and a third is used. */
  private static final int THREADS = 2;

  private final ExecutorService fetchers = Executors.newFixedThreadPool(THREADS);
  private final Deque<Future<Slice>> fetching = new ArrayDeque<>();
  private final Slices from;
  private final int first;
  private final int count;
  private int asked;

  /**
   * Begins with slice {@code first}. After slice {@code count - 1} come those from 0 on.
   *
   * @param count number of slices to fetch in all
   */
  SlicesAhead(Slices from, int first, int count) {
    this.from = from;
    this.first = first;
    this.count = count;
    while (asked < Math.min(count, THREADS + 1)) {
      ask();
    }
  }

  private void ask() {
    int index = (first + asked) % count;
    fetching.add(fetchers.submit(() -> from.slice(index)));
    asked++;
  }

  Slice next() {
    Slice slice = Waiting.on(fetching.remove());
    if (asked < count) {
      ask();
    }

    return slice;
  }

  @Override
  public void close() {
    fetchers.shutdownNow();
  }
}
