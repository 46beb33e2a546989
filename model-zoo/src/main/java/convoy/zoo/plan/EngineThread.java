package convoy.zoo.plan;

import convoy.zoo.natives.Nd4jRuntime;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Decides on which thread a network computes. For each calling thread, OpenMP keeps a number of
 * native threads and a team of that size. Spark calls from a different thread for each task. So all
 * callers hand their work to one thread that belongs to the network. There are two exceptions: the
 * thread that opened the network computes by itself, and so does every caller if there is only one
 * native thread. Handing work over would cost a small minibatch a quarter of its time.
 */
final class EngineThread implements AutoCloseable {
  private final String name;
  private final int threads;
  private final Thread opener = Thread.currentThread();
  private ExecutorService own;

  /**
   * @param threads native threads that compute
   */
  EngineThread(String name, int threads) {
    this.name = name;
    this.threads = threads;
  }

  private static Thread named(Runnable work, String name) {
    Thread created = new Thread(work, name);
    created.setDaemon(true);
    return created;
  }

  /** Runs work to its end, even if the caller is interrupted meanwhile. */
  <T> T call(Supplier<T> work) {
    if (threads == 1 || Thread.currentThread() == opener) {
      return compute(work);
    }

    if (own == null) {
      own = Executors.newSingleThreadExecutor(first -> named(first, name));
    }

    Callable<T> task = () -> compute(work);
    Future<T> future = own.submit(task);
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

  /** Runs work without a result, like {@link #call}. */
  void run(Runnable work) {
    call(
        () -> {
          work.run();
          return null;
        });
  }

  private <T> T compute(Supplier<T> work) {
    Nd4jRuntime.useThreads(threads);
    return work.get();
  }

  @Override
  public void close() {
    if (own != null) {
      own.shutdown();
    }
  }
}
