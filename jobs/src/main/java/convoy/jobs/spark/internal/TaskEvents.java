package convoy.jobs.spark.internal;

import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Reports the end of tasks to the driver. */
public final class TaskEvents {
  private TaskEvents() {}

  /** Runs {@code job} and calls {@code onSuccess} for each task that succeeds, on one thread. */
  public static <T> T during(JavaSparkContext spark, Runnable onSuccess, Supplier<T> job) {
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd end) {
            if (end.taskInfo() != null && end.taskInfo().successful()) {
              onSuccess.run();
            }
          }
        };
    spark.sc().addSparkListener(listener);
    try {
      return job.get();
    } finally {
      spark.sc().removeSparkListener(listener);
    }
  }
}
