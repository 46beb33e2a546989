package convoy.jobs.io;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * Shows the progress of a job: as a bar on a terminal, and elsewhere as a log line, at most one
 * every ten seconds. Any thread may use it.
 */
public final class Progress implements AutoCloseable {
  private static final int WIDTH = 30;
  private static final long BAR_MILLIS = 100;
  private static final long LOG_MILLIS = 10_000;

  private final Logger log;
  private final PrintStream terminal;
  private final String what;
  private final long total;
  private long shown = Long.MIN_VALUE;
  private boolean drawn;

  private Progress(Logger log, PrintStream terminal, String what, long total) {
    this.log = log;
    this.terminal = terminal;
    this.what = what;
    this.total = Math.max(1, total);
  }

  /**
   * Starts the progress of a job with {@code total} steps.
   *
   * @param what name of the steps, such as {@code pictures}
   */
  public static Progress of(Logger log, String what, long total) {
    return new Progress(log, isTerminal() ? System.err : null, what, total);
  }

  /** A bar on any stream, for tests. */
  static Progress bar(PrintStream terminal, String what, long total) {
    return new Progress(null, terminal, what, total);
  }

  /** Whether standard error is a terminal. Java itself knows this only of input and output. */
  public static boolean isTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException noLinux) {
      return false;
    }
  }

  /** Shows {@code done} steps. A detail is a text such as {@code loss=2.3}, or empty. */
  public synchronized void update(long done, String detail) {
    long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    boolean due =
        shown == Long.MIN_VALUE || now - shown >= (terminal == null ? LOG_MILLIS : BAR_MILLIS);
    if (!due && done < total) {
      return;
    }

    shown = now;
    if (terminal == null) {
      log.info("{}={} of={} {}", what, done, total, detail);
      return;
    }

    terminal.print("\r\u001b[K" + line(done, total, what, detail));
    terminal.flush();
    drawn = true;
  }

  /** Leaves the bar as it is. The log continues below it, and a next bar below that. */
  public synchronized void rest() {
    if (drawn) {
      terminal.println();
      drawn = false;
    }
  }

  /** A bar such as {@code [#####.....] 50 % 10/20 pictures loss=2.3}. */
  static String line(long done, long total, String what, String detail) {
    int filled = (int) (Math.min(done, total) * WIDTH / total);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3d %% %d/%d %s %s",
        "#".repeat(filled),
        ".".repeat(WIDTH - filled),
        Math.min(done, total) * 100 / total,
        done,
        total,
        what,
        detail);
  }

  /** Leaves the bar and goes to the next line. */
  @Override
  public void close() {
    rest();
  }
}
