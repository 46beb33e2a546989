package convoy.jobs.terminal;

import java.util.concurrent.TimeUnit;

/** A part of a command that has no steps to count. A terminal shows its name and its seconds. */
public final class Phase implements Status {
  /** What is done at once needs no word. */
  private static final long QUIET_MILLIS = 200;

  private final String words;
  private final long start = System.nanoTime();

  Phase(String words) {
    this.words = words;
  }

  /** What is done in the phase. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /** Shows words such as {@code starting Spark} until the work is done. */
  public static <T, E extends Exception> T during(String words, Work<T, E> work) throws E {
    Screen screen = Screen.ofProcess();
    Phase phase = new Phase(words);
    screen.add(phase);
    try {
      return work.run();
    } finally {
      screen.remove(phase);
    }
  }

  @Override
  public String text(int columns) {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    if (millis < QUIET_MILLIS) {
      return null;
    }

    String text = words + (millis < 2000 ? "" : ", " + millis / 1000 + " s");
    return text.substring(0, Math.min(text.length(), columns));
  }
}
