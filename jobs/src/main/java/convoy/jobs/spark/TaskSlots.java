package convoy.jobs.spark;

import org.apache.spark.SparkContext;

/** How many tasks run at the same time on the executors that are there. */
public final class TaskSlots {
  static final String TASK_CPUS = "spark.task.cpus";

  private TaskSlots() {}

  /** The tasks that one executor runs at the same time. All of them have equally many. */
  public static int ofExecutor(SparkContext spark) {
    int executors = spark.statusTracker().getExecutorInfos().length - 1; // One is the driver.
    return (of(spark) - 1) / Math.max(1, executors) + 1;
  }

  public static int of(SparkContext spark) {
    return Math.max(1, spark.defaultParallelism() / spark.getConf().getInt(TASK_CPUS, 1));
  }
}
