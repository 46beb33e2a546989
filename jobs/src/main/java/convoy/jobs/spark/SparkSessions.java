package convoy.jobs.spark;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * The one place that makes a Spark session. Precedence: what Convoy needs to be right (mandatory),
 * then what spark-submit or spark-defaults.conf say, then Convoy's defaults.
 */
public final class SparkSessions {
  private SparkSessions() {}

  /**
   * Opens the session of a command; close it when done.
   *
   * @param application shown in the Spark UI, such as {@code convoy train}
   * @param job settings that this job needs, such as spark.task.cpus
   */
  public static SparkSession open(String application, Map<String, String> job) {
    SparkSession.Builder builder = SparkSession.builder().appName(application);
    if (System.getProperty("spark.master") == null) {
      builder.master("local[*]");
    }

    builder.config("spark.ui.enabled", "false");
    job.forEach(builder::config);
    return builder.getOrCreate();
  }
}
