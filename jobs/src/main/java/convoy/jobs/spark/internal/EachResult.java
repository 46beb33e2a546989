package convoy.jobs.spark.internal;

import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Runs one task for each item. Each result is handed over as soon as it arrives. */
public final class EachResult {
  private EachResult() {}

  /** The work on one item, on an executor. */
  public interface Task<T, R> extends Serializable {
    /**
     * Runs in a Spark task.
     *
     * @param attempt a number that no other attempt of any task of the application has
     */
    R run(T item, long attempt) throws Exception;
  }

  /**
   * Runs all tasks and returns when all results are handed over.
   *
   * @param onResult called once for each item, one at a time
   */
  public static <T, R> void run(
      JavaSparkContext spark, List<T> items, Task<T, R> task, Class<R> type, Consumer<R> onResult) {
    JavaRDD<T> each = spark.parallelize(items, items.size());
    RunJob.run(
        each,
        IntStream.range(0, items.size()).boxed().toList(),
        (context, item) -> run(task, item.next(), context.taskAttemptId()),
        type,
        (index, result) -> onResult.accept(result));
  }

  private static <T, R> R run(Task<T, R> task, T item, long attempt) {
    try {
      return task.run(item, attempt);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
