package convoy.jobs.terminal;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Redraws a screen while time passes or the window is resized. */
final class Ticker {
  private static final int DRAW_MILLIS = 250;

  /** Asking for the width starts a process. */
  private static final int WIDTH_MILLIS = 2_000;

  private Ticker() {}

  @SuppressWarnings("FutureReturnValueIgnored") // Both run until the process ends.
  static void start(Screen screen) {
    ScheduledExecutorService clock =
        Executors.newScheduledThreadPool(
            2,
            work -> {
              Thread thread = new Thread(work, "convoy-screen");
              thread.setDaemon(true);
              return thread;
            });
    clock.scheduleWithFixedDelay(
        () -> screen.resize(Terminal.columns()), 0, WIDTH_MILLIS, TimeUnit.MILLISECONDS);
    clock.scheduleWithFixedDelay(screen::draw, DRAW_MILLIS, DRAW_MILLIS, TimeUnit.MILLISECONDS);
  }
}
