package convoy.jobs.exchange;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for the work on a slice in another thread. */
final class Waiting {
  private Waiting() {}

  /** The result. An exception of the work that needs no declaration is thrown as it is. */
  static <T> T on(Future<T> work) {
    try {
      return work.get();
    } catch (ExecutionException problem) {
      if (problem.getCause() instanceof RuntimeException known) {
        throw known;
      }

      throw new IllegalStateException("a slice could not be moved", problem.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while slices are moved", stopped);
    }
  }
}
