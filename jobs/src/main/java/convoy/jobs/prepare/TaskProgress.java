package convoy.jobs.prepare;

import convoy.jobs.spark.internal.TaskEvents;
import convoy.jobs.terminal.Progress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;

/** Shows the tasks of a Spark job as they end. */
final class TaskProgress {
  private TaskProgress() {}

  /** Runs {@code job} and shows how many of its tasks have ended. */
  static <T> T show(JavaSparkContext spark, Progress progress, Supplier<T> job) {
    AtomicLong done = new AtomicLong();
    try (progress) {
      return TaskEvents.during(spark, () -> progress.update(done.incrementAndGet()), job);
    }
  }
}
