package convoy.jobs.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The standard streams of the process, and on a terminal its last line, which shows what goes on.
 * Whatever is written passes above that line.
 *
 * <p>The cursor rests at the start of the line, and the line is written without wrapping. A
 * terminal that wraps it after a resize therefore moves the cursor with its start, and erasing from
 * there leaves nothing behind.
 */
public final class Screen {
  private static final String ERASE = "\r\u001b[J";
  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";

  private static Screen process = new Screen(null, null);

  /** Null if nothing is drawn. */
  private final OutputStream terminal;

  /** Null if the process has its own standard error. */
  private final OutputStream error;

  private final Deque<Status> statuses = new ArrayDeque<>();
  private int columns = 80;
  private String drawn;
  private boolean midLine;
  private boolean muted;

  /** A screen whose last line is drawn on {@code terminal}, or not at all if that is null. */
  Screen(OutputStream terminal, OutputStream error) {
    this.terminal = terminal;
    this.error = error == null ? null : new ControlCharacters(error);
  }

  /** Replaces standard output and error. Both are UTF-8, whatever a bare spark-submit has set. */
  public static void install() {
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    FileOutputStream error = new FileOutputStream(FileDescriptor.err);
    boolean draws = Terminal.isInteractive();
    Screen screen = new Screen(draws ? error : null, error);
    process = screen;
    System.setOut(screen.stream(out, draws && Terminal.isTerminal(1)));
    System.setErr(screen.stream(error, draws));
    if (draws) {
      Ticker.start(screen);
    }
  }

  static Screen ofProcess() {
    return process;
  }

  boolean draws() {
    return terminal != null;
  }

  /**
   * A stream whose text passes above the line. Control characters are shown, not obeyed.
   *
   * @param above whether the stream ends at the same terminal as the line
   */
  PrintStream stream(OutputStream target, boolean above) {
    ControlCharacters shown = new ControlCharacters(target);
    OutputStream through =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int start, int length) throws IOException {
            pass(shown, bytes, start, length, above);
          }
        };
    return new PrintStream(through, true, StandardCharsets.UTF_8);
  }

  synchronized void add(Status status) {
    statuses.push(status);
  }

  synchronized void remove(Status status) {
    statuses.remove(status);
    if (statuses.isEmpty()) {
      draw(); // No tick follows when the process ends.
    }
  }

  /** Notes the width of the window. */
  synchronized void resize(int newColumns) {
    columns = newColumns;
  }

  /** Draws what the newest status has to show now. */
  synchronized void draw() {
    if (terminal == null || muted || midLine) {
      return;
    }

    String text = text();
    if (text == null ? drawn == null : text.equals(drawn)) {
      return;
    }

    // The last column stays free, as some terminals wrap after it.
    put(ERASE + (text == null ? "" : NO_WRAP + text + WRAP + "\r"));
    drawn = text;
  }

  private String text() {
    for (Status status : statuses) {
      String text = status.text(columns - 1);
      if (text != null) {
        return text;
      }
    }

    return null;
  }

  private synchronized void pass(
      OutputStream target, byte[] bytes, int start, int length, boolean above) throws IOException {
    if (muted || length == 0) {
      return;
    }

    if (above && drawn != null) {
      put(ERASE);
      drawn = null;
    }

    target.write(bytes, start, length);
    if (above) { // The next tick draws the line again, as more text may follow at once.
      midLine = bytes[start + length - 1] != '\n';
    }
  }

  /** Writes a last line, and drops what anything else writes from then on. */
  void end(String line) {
    if (error == null) {
      System.err.println(line);
      return;
    }

    // Not through System.err: a thread that writes there holds its lock and waits for this one.
    synchronized (this) {
      if (terminal != null) {
        put(drawn != null ? ERASE : midLine ? "\n" : "");
      }

      muted = true;
      try {
        error.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException gone) {
        terminalGone();
      }
    }
  }

  private void put(String text) {
    try {
      terminal.write(text.getBytes(StandardCharsets.UTF_8));
      terminal.flush();
    } catch (IOException gone) {
      terminalGone();
    }
  }

  /** As PrintStream, this drops text when its terminal is closed. */
  private void terminalGone() {
    muted = true;
  }
}
