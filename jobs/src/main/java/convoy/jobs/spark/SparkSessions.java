package convoy.jobs.spark;

import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.terminal.Phase;
import convoy.zoo.natives.EnvironmentCheck;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens Spark sessions with the settings of {@link SparkSettings}. No other class does. */
public final class SparkSessions {
  private static final Logger LOG = LoggerFactory.getLogger(SparkSessions.class);

  private SparkSessions() {}

  /**
   * Opens the session of a command; close it when done.
   *
   * @param application shown in the Spark UI, such as {@code convoy train}
   * @param job settings that this job needs, such as spark.task.cpus
   */
  public static SparkSession open(String application, Map<String, String> job) {
    return Phase.during("starting Spark", () -> start(application, job));
  }

  private static SparkSession start(String application, Map<String, String> job) {
    DriverCheck.requireOpens();
    DriverCheck.setProperties();
    EnvironmentCheck.beforeFiles();
    SparkConf given = new SparkConf();
    Map<String, String> settings = SparkSettings.of(given, job);
    SparkSession.Builder builder = SparkSession.builder().appName(application);
    settings.forEach(builder::config);
    LOG.debug("Spark settings {}", settings);
    int cores = SparkSettings.coresOfTask(given, settings);
    TaskCores.check(given, settings.get("spark.master"), cores);
    SparkSession session = builder.getOrCreate();
    String master = settings.get("spark.master");
    if (isUnregistered(master, session.sparkContext().applicationId())) {
      session.close();
      throw new UserException(
          ExitCode.FAILURE,
          "the master %s did not answer, or refused the application, as the lines above say: check the address of --master, and that the master runs"
              .formatted(master));
    }

    try {
      TaskCores.check(session, cores);
    } catch (UserException tooFew) {
      session.close();
      throw tooFew;
    }

    return session;
  }

  /**
   * Whether a standalone master has given the application no id. Spark gives up after a minute,
   * writes the reason to the log, and stops its context in another thread.
   */
  private static boolean isUnregistered(String master, String application) {
    return master.startsWith("spark://") && application.startsWith("spark-application-");
  }
}
