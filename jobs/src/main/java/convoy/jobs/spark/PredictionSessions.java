package convoy.jobs.spark;

import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * Sessions of jobs that only predict: a network a task slot, spark.task.cpus native threads each.
 */
public final class PredictionSessions {
  private static final String TASK_CPUS = "spark.task.cpus";

  /** On one machine with many cores: networks share their weights, but not their working memory. */
  private static final int MOST_LOCAL_NETWORKS = 16;

  private PredictionSessions() {}

  /** Opens one; a spark.task.cpus that the user set stays. */
  public static SparkSession open(String application) {
    SparkConf given = new SparkConf();
    int local = WorkerSession.localCores(Master.of(given));
    if (local <= MOST_LOCAL_NETWORKS || given.contains(TASK_CPUS)) {
      return SparkSessions.open(application, Map.of());
    }

    return WorkerSession.open(application, MOST_LOCAL_NETWORKS, OptionalInt.empty(), Map.of())
        .spark();
  }

  /** Native threads of a task's network. */
  public static int threads(SparkSession spark) {
    return spark.sparkContext().getConf().getInt(TASK_CPUS, 1);
  }

  /** Tasks that run at a time, as far as executors are there yet. */
  public static int slots(SparkSession spark) {
    return Math.max(1, spark.sparkContext().defaultParallelism() / threads(spark));
  }
}
