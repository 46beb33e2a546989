package convoy.jobs.spark;

import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * Sessions of jobs that only predict. Each task slot has a network with spark.task.cpus native
 * threads.
 */
public final class PredictionSessions {
  /** A limit for many cores: networks share their weights, but not their working memory. */
  private static final int MOST_LOCAL_NETWORKS = 16;

  private PredictionSessions() {}

  /** Opens a session. A spark.task.cpus that the user has set is kept. */
  public static SparkSession open(String application) {
    SparkConf given = new SparkConf();
    int local = WorkerSession.localCores(Master.of(given));
    if (local <= MOST_LOCAL_NETWORKS || given.contains(TaskSlots.TASK_CPUS)) {
      return SparkSessions.open(application, Map.of());
    }

    return WorkerSession.open(application, MOST_LOCAL_NETWORKS, OptionalInt.empty(), Map.of())
        .spark();
  }

  /** The number of native threads of a task's network. */
  public static int threads(SparkSession spark) {
    return spark.sparkContext().getConf().getInt(TaskSlots.TASK_CPUS, 1);
  }
}
