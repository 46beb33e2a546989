package convoy.jobs.spark;

import convoy.jobs.base.UserException;
import convoy.zoo.natives.ProcessEnvironment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;

/**
 * The settings of a session. Precedence: 1. settings that Convoy needs for correct results,
 * including the job's, 2. those of spark-submit, spark-defaults.conf or a system property, 3. the
 * defaults below.
 */
final class SparkSettings {
  /** A setting, with the reason why it differs from Spark's default. */
  private record Setting(String key, String value, String reason) {}

  private static final List<Setting> DEFAULTS =
      List.of(
          new Setting(
              "spark.driver.maxResultSize",
              "0",
              "DL4J brings parameters and momentum to the driver: 1.1 GB a round for VGG-16, Spark's limit is 1 GB"),
          new Setting("spark.broadcast.compress", "false", "float weights don't compress"),
          new Setting("spark.shuffle.compress", "false", "neither floats nor JPEG bytes compress"),
          new Setting("spark.shuffle.spill.compress", "false", "as above"),
          new Setting(
              "spark.shuffle.sort.bypassMergeThreshold",
              "0",
              "a worker's slices go straight to one file, not each to its own and then all to one"),
          new Setting(
              "spark.locality.wait",
              "0s",
              "a slice is averaged anywhere in less than the 3 s Spark waits for its own host"),
          new Setting(
              "spark.executor.memoryOverhead",
              "4g",
              "network, gradients and activations live outside the heap; Spark's 10 % of the heap"
                  + " ends the container on YARN and Kubernetes"));

  private SparkSettings() {}

  /**
   * All settings of the session.
   *
   * @param given settings that the user has given
   * @param job settings that this job needs
   */
  static Map<String, String> of(SparkConf given, Map<String, String> job) {
    Map<String, String> settings = new LinkedHashMap<>();
    String master = Master.of(given);
    settings.put("spark.master", master);
    if (master.startsWith("local")) {
      putDefault(settings, given, "spark.ui.enabled", "false"); // It needs a port.
      putDefault(settings, given, "spark.driver.bindAddress", "127.0.0.1");
      putDefault(settings, given, "spark.driver.host", "127.0.0.1");
      // Spark would end this process at once. The error of the task says what to do.
      putDefault(settings, given, "spark.executor.killOnFatalError.depth", "0");
    }

    if (WorkerSession.localCores(master) > 0) {
      // Everything stays in this process. Larger results would be sent through a socket, and
      // checksums are useful only for data that is sent.
      putDefault(settings, given, "spark.task.maxDirectResultSize", "64m");
      putDefault(settings, given, "spark.broadcast.checksum", "false");
      putDefault(settings, given, "spark.shuffle.checksum.enabled", "false");
    }

    ProcessEnvironment.settings()
        .forEach((name, value) -> putDefault(settings, given, "spark.executorEnv." + name, value));
    for (Setting setting : DEFAULTS) {
      putDefault(settings, given, setting.key(), setting.value());
    }

    if (given.contains("spark.executor.memoryOverheadFactor")) {
      settings.remove("spark.executor.memoryOverhead");
    }

    // Records are sent with Java's serialization, as Kryo 4 can't create them.
    settings.put("spark.serializer", "org.apache.spark.serializer.JavaSerializer");
    settings.putAll(job);
    settings.put(
        "spark.executor.extraJavaOptions",
        JvmOptions.appendedTo(given.get("spark.executor.extraJavaOptions", "")));
    // A task has as many native threads as cores, and their number decides the order of sums.
    settings.put("spark.executorEnv.OMP_NUM_THREADS", String.valueOf(coresOfTask(given, settings)));
    return settings;
  }

  /** The value of spark.task.cpus: that of the job, else that of the user. */
  static int coresOfTask(SparkConf given, Map<String, String> settings) {
    String cores = settings.getOrDefault("spark.task.cpus", given.get("spark.task.cpus", "1"));
    if (!cores.matches("[1-9]\\d{0,4}")) {
      throw UserException.usage(
          "spark.task.cpus " + cores + " is not a number of cores, such as 2");
    }

    return Integer.parseInt(cores);
  }

  private static void putDefault(
      Map<String, String> settings, SparkConf given, String key, String value) {
    if (!given.contains(key)) {
      settings.put(key, value);
    }
  }
}
