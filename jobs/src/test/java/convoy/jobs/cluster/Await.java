package convoy.jobs.cluster;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for something outside this process. */
public final class Await {
  private Await() {}

  /** Returns the value as soon as there is one. Exceptions are ignored until the time is up. */
  public static <T> T until(String what, Duration limit, Callable<Optional<T>> probe) {
    long end = System.nanoTime() + limit.toNanos();
    Exception last = null;
    while (System.nanoTime() < end) {
      try {
        Optional<T> value = probe.call();
        if (value.isPresent()) {
          return value.get();
        }
      } catch (Exception notYet) {
        last = notYet;
      }

      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }

    throw new AssertionError(what + " did not come within " + limit, last);
  }
}
