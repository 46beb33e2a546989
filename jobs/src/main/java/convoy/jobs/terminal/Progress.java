package convoy.jobs.terminal;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * Shows the progress of a job that has steps to count: in the last line of a terminal, and
 * elsewhere as a log line, at most one every ten seconds. Any thread may use it.
 */
public final class Progress implements AutoCloseable, Status {
  private static final long LOG_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Logger log;
  private final Screen screen;
  private final String what;
  private final long total;
  private boolean begun;
  private long logged;
  private long firstDone;
  private long firstNanos;
  private long lastNanos;
  private long done;
  private List<String> details = List.of();

  private Progress(Logger log, Screen screen, String what, long total) {
    this.log = log;
    this.screen = screen;
    this.what = what;
    this.total = Math.max(1, total);
  }

  /**
   * Starts the progress of a job with {@code total} steps. Nothing is shown before the first one.
   *
   * @param what name of the steps, such as {@code pictures}
   */
  public static Progress of(Logger log, String what, long total) {
    return of(log, Screen.ofProcess(), what, total);
  }

  static Progress of(Logger log, Screen screen, String what, long total) {
    Progress progress = new Progress(log, screen, what, total);
    screen.add(progress);
    return progress;
  }

  /** Shows {@code done} steps. */
  public void update(long newDone) {
    update(newDone, List.of(), what + "=" + newDone + " of=" + total);
  }

  /**
   * Shows {@code done} steps.
   *
   * @param newDetails texts such as {@code loss 2.3}; where the line is too long, the last ones are
   *     left out
   * @param line what is logged instead if there is no terminal; the lines between are logged for
   *     debugging
   */
  public void update(long newDone, List<String> newDetails, String line) {
    if (note(newDone, newDetails)) {
      log.info("{}", line);
    } else {
      log.debug("{}", line);
    }
  }

  /** Replaces the details of the last update on a terminal. Nothing is logged. */
  public synchronized void details(List<String> newDetails) {
    details = newDetails;
  }

  /** Takes the new values, and returns whether a line of the log is due. */
  private synchronized boolean note(long newDone, List<String> newDetails) {
    long now = System.nanoTime();
    if (!begun) {
      firstDone = newDone;
      firstNanos = now;
    }

    done = newDone;
    details = newDetails;
    lastNanos = now;
    boolean due = !begun || now - logged >= LOG_NANOS || done >= total;
    begun = true;
    if (screen.draws() || !due) {
      return false;
    }

    logged = now;
    return true;
  }

  @Override
  public synchronized String text(int columns) {
    return begun
        ? ProgressLine.of(done, total, what, secondsLeft(System.nanoTime()), details).fit(columns)
        : null;
  }

  /** The mean time of the steps since the first update tells that of the rest; -1 if unknown. */
  private long secondsLeft(long now) {
    if (done <= firstDone) {
      return -1;
    }

    double nanosOfStep = (double) (lastNanos - firstNanos) / (done - firstDone);
    return Math.max(
        0,
        TimeUnit.NANOSECONDS.toSeconds((long) (nanosOfStep * (total - done)) - (now - lastNanos)));
  }

  @Override
  public void close() {
    screen.remove(this);
  }
}
