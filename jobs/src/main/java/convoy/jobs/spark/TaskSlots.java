package convoy.jobs.spark;

import org.apache.spark.SparkContext;

/** How many tasks run at the same time on the executors that are there. */
public final class TaskSlots {
  static final String TASK_CPUS = "spark.task.cpus";

  private TaskSlots() {}

  public static int of(SparkContext spark) {
    return Math.max(1, spark.defaultParallelism() / spark.getConf().getInt(TASK_CPUS, 1));
  }
}
