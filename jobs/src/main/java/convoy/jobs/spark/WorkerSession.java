package convoy.jobs.spark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session whose tasks are the workers of a run. Its spark.task.cpus is the cores of a worker.
 *
 * @param coresPerWorker number of native threads of a worker, never auto
 */
public record WorkerSession(SparkSession spark, int coresPerWorker) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerSession.class);

  /**
   * Opens the session.
   *
   * @param coresPerWorker empty for auto, which is max(1, floor(executor cores seen at the start /
   *     workers)), but at most the cores of one executor; local mode takes the master's cores
   */
  public static WorkerSession open(
      String application, int workers, OptionalInt coresPerWorker, Map<String, String> job) {
    if (coresPerWorker.isPresent()) {
      return open(application, coresPerWorker.getAsInt(), job);
    }

    int local = localCores(Master.given());
    if (local > 0) {
      return open(application, Math.max(1, local / workers), job);
    }

    // Only a running session sees the executors, but task sizes are fixed before it starts.
    SparkSession spark = SparkSessions.open(application, job);
    int cores = coresPerWorker(TaskCores.executors(spark, Integer.MAX_VALUE), workers);
    LOG.info("coresPerWorker=auto is {}", cores);
    if (cores == 1) {
      return new WorkerSession(spark, 1);
    }

    spark.close();
    return open(application, cores, job);
  }

  /** The cores of local, local[n] and local[*] masters; 0 if executors are processes. */
  static int localCores(String master) {
    if (master.equals("local")) {
      return 1;
    }

    if (!master.startsWith("local[")) {
      return 0;
    }

    String cores = master.substring("local[".length(), master.length() - 1).replaceFirst(",.*", "");
    return cores.equals("*") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(cores);
  }

  /** The share of a worker: at least 1, and at most the cores of one executor. */
  static int coresPerWorker(List<Integer> executorCores, int workers) {
    int all = executorCores.stream().mapToInt(Integer::intValue).sum();
    int smallest = executorCores.stream().mapToInt(Integer::intValue).min().orElse(1);
    return Math.max(1, Math.min(all / workers, smallest));
  }

  private static WorkerSession open(String application, int cores, Map<String, String> job) {
    Map<String, String> settings = new HashMap<>(job);
    settings.put("spark.task.cpus", String.valueOf(cores));
    return new WorkerSession(SparkSessions.open(application, settings), cores);
  }

  @Override
  public void close() {
    spark.close();
  }
}
