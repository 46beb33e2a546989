package convoy.jobs.prepare;

import convoy.jobs.io.Progress;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Shows the tasks that end, as long as it is open. */
final class TaskProgress extends SparkListener implements AutoCloseable {
  private final SparkContext spark;
  private final Progress progress;
  private long done;

  TaskProgress(SparkContext spark, Progress progress) {
    this.spark = spark;
    this.progress = progress;
    spark.addSparkListener(this);
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.taskInfo() != null && end.taskInfo().successful()) {
      done++;
      progress.update(done, "");
    }
  }

  @Override
  public void close() {
    spark.removeSparkListener(this);
    progress.close();
  }
}
