package convoy.zoo.plan;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * The one thread that a network computes on. OpenMP keeps a team of native threads and their number
 * for each thread that calls it, and Spark calls from ever other threads.
 */
final class EngineThread implements AutoCloseable {
  private final ExecutorService thread;

  EngineThread(String name, Runnable start) {
    this.thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread created = new Thread(work, name);
              created.setDaemon(true);
              return created;
            });
    call(
        () -> {
          start.run();
          return null;
        });
  }

  /** Runs work to its end, whether or not the caller is interrupted meanwhile. */
  <T> T call(Supplier<T> work) {
    Callable<T> task = work::get;
    Future<T> future = thread.submit(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException later) {
          interrupted = true;
        }
      }
    } catch (ExecutionException problem) {
      if (problem.getCause() instanceof Error error) {
        throw error;
      }

      throw (RuntimeException) problem.getCause();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
