package convoy.jobs.prepare;

import convoy.jobs.io.Progress;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Shows the tasks of a Spark job as they end. */
final class TaskProgress extends SparkListener {
  private final Progress progress;
  private long done;

  private TaskProgress(Progress progress) {
    this.progress = progress;
  }

  /** Runs {@code job} and counts its tasks. */
  static <T> T show(SparkContext spark, Progress progress, Supplier<T> job) {
    TaskProgress listener = new TaskProgress(progress);
    spark.addSparkListener(listener);
    try (progress) {
      return job.get();
    } finally {
      spark.removeSparkListener(listener);
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.taskInfo() != null && end.taskInfo().successful()) {
      done++;
      progress.update(done, "");
    }
  }
}
