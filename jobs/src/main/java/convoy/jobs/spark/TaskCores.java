package convoy.jobs.spark;

import convoy.jobs.base.UserException;
import convoy.jobs.spark.internal.RegisteredExecutors;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that an executor has enough cores for a task. Otherwise Spark waits forever, without a
 * message, for an executor with spark.task.cpus cores.
 */
final class TaskCores {
  private static final Logger LOG = LoggerFactory.getLogger(TaskCores.class);
  private static final long PATIENCE_SECONDS = 30;
  private static final long QUIET_SECONDS = 3;

  private TaskCores() {}

  /**
   * Checks before the session opens, if the number of cores is configured.
   *
   * @throws UserException with exit code 2 if no task fits
   */
  static void check(SparkConf given, String master, int needed) {
    int local = WorkerSession.localCores(master);
    if (local > 0) {
      require(needed, local, "--master " + master);
    } else if (given.contains("spark.executor.cores")) {
      int cores = given.getInt("spark.executor.cores", 1);
      require(needed, cores, "an executor (spark.executor.cores)");
    }
  }

  /**
   * Checks on a cluster, where it waits for the first executor that has enough cores.
   *
   * @throws UserException with exit code 2 if executors have registered and none has enough
   */
  static void check(SparkSession spark, int needed) {
    SparkConf settings = spark.sparkContext().getConf();
    if (needed == 1
        || WorkerSession.localCores(settings.get("spark.master")) > 0
        || settings.getBoolean("spark.dynamicAllocation.enabled", false)) {
      return;
    }

    int most = largest(executors(spark, needed));
    if (most == 0) {
      LOG.warn(
          "no executor came in {} s: is the cluster busy, or has no worker {} free cores?",
          PATIENCE_SECONDS,
          needed);
      return;
    }

    require(needed, most, "the largest executor");
  }

  static void require(int needed, int cores, String where) {
    if (cores < needed) {
      throw UserException.usage(
          ("a task needs %d cores (training.coresPerWorker, or spark.task.cpus) and %s has %d: give"
                  + " it more cores, or add --set training.coresPerWorker=%d; a run that"
                  + " continues with another number adds in a different order")
              .formatted(needed, where, cores, cores));
    }
  }

  /** Cores of each executor. It waits until one has enough, or none has registered for a while. */
  static List<Integer> executors(SparkSession spark, int enough) {
    long start = System.nanoTime();
    long changed = start;
    List<Integer> seen = List.of();
    while (largest(seen) < enough
        && seconds(start) < PATIENCE_SECONDS
        && (seen.isEmpty() || seconds(changed) < QUIET_SECONDS)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      List<Integer> now = RegisteredExecutors.cores(spark);
      if (now.size() != seen.size()) {
        seen = now;
        changed = System.nanoTime();
      }
    }

    return seen;
  }

  private static long seconds(long since) {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since);
  }

  private static int largest(List<Integer> cores) {
    return cores.stream().mapToInt(Integer::intValue).max().orElse(0);
  }
}
