package convoy.jobs.spark.internal;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskContext$;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * Reads the input of a task in a thread of its own, so that the next element is fetched while the
 * task works on the one before.
 *
 * @param <T> type of an element
 */
public final class ReadAhead<T> implements Iterator<T>, AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final ExecutorService reader = Executors.newSingleThreadExecutor();
  private final TaskContext task = TaskContext.get();
  private final Iterator<T> from;
  private Future<Optional<T>> next;

  ReadAhead(Iterator<T> from) {
    this.from = from;
    this.next = reader.submit(this::read);
  }

  /** The function with its input read ahead. It must use all of its input before it returns. */
  public static <T, R> FlatMapFunction<Iterator<T>, R> of(FlatMapFunction<Iterator<T>, R> work) {
    return input -> {
      try (ReadAhead<T> ahead = new ReadAhead<>(input)) {
        return work.call(ahead);
      }
    };
  }

  private Optional<T> read() {
    // Spark tells the context of a failed fetch, and looks there for the reason of any exception.
    TaskContext$.MODULE$.setTaskContext(task);
    return from.hasNext() ? Optional.of(from.next()) : Optional.empty();
  }

  /** Waits until the next element is read. */
  @Override
  public boolean hasNext() {
    return waited().isPresent();
  }

  @Override
  public T next() {
    T element = waited().orElseThrow(NoSuchElementException::new);
    next = reader.submit(this::read);
    return element;
  }

  private Optional<T> waited() {
    try {
      return next.get();
    } catch (ExecutionException problem) {
      if (problem.getCause() instanceof RuntimeException known) {
        throw known;
      }

      throw new IllegalStateException("the input of a task can't be read", problem.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while the input of a task is read", stopped);
    }
  }

  /** Waits for the thread, as Spark frees what it reads when the task ends. */
  @Override
  public void close() {
    reader.shutdownNow();
    try {
      if (!reader.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the input of a task is still read");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
