package convoy.zoo.plan;

import convoy.zoo.dl4j.Nd4jRuntime;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * The one thread that a network computes on. OpenMP keeps a team of native threads and their number
 * for each thread that calls it, and Spark calls from ever other threads. A team of one needs no
 * thread of its own: the caller computes, which saves a small minibatch a quarter of its time.
 */
final class EngineThread implements AutoCloseable {
  private final int threads;
  private final ExecutorService thread;

  /**
   * @param threads native threads of what it computes
   */
  EngineThread(String name, int threads) {
    this.threads = threads;
    this.thread =
        threads == 1 ? null : Executors.newSingleThreadExecutor(work -> named(work, name));
    if (thread != null) {
      call(
          () -> {
            Nd4jRuntime.useThreads(threads);
            return null;
          });
    }
  }

  private static Thread named(Runnable work, String name) {
    Thread created = new Thread(work, name);
    created.setDaemon(true);
    return created;
  }

  /** Runs work to its end, whether or not the caller is interrupted meanwhile. */
  <T> T call(Supplier<T> work) {
    if (thread == null) {
      Nd4jRuntime.useThreads(threads);
      return work.get();
    }

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
    if (thread != null) {
      thread.shutdown();
    }
  }
}
