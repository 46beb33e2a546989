package convoy.jobs.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs scripts/convoy of this checkout. */
public final class Launcher {
  /** The checkout. */
  public static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  /** A JVM that ends soon loses by compiling twice. */
  public static final String QUICK = "-XX:TieredStopAtLevel=1";

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private Launcher() {}

  /** Runs {@code scripts/convoy ARGUMENTS} in {@code folder}, with the build's own Spark. */
  public static Finished run(Path folder, String... arguments)
      throws IOException, InterruptedException {
    return run(folder, Map.of(), arguments);
  }

  /** Runs the launcher with variables of the environment set, or removed if their value is null. */
  public static Finished run(Path folder, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    return Finished.run(LIMIT, buildsOwnSpark(environment), folder, command(arguments));
  }

  /**
   * Starts {@code scripts/convoy ARGUMENTS}. The process is the JVM's, and both outputs go to log.
   */
  public static Process start(Path folder, Path log, String... arguments) throws IOException {
    return start(folder, log, Map.of(), arguments);
  }

  /** Starts the launcher with variables of the environment set. */
  static Process start(Path folder, Path log, Map<String, String> environment, String... arguments)
      throws IOException {
    // A shell's background jobs ignore Ctrl-C, and so do their children. This test may be such a
    // job.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(command(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    buildsOwnSpark(environment)
        .forEach(
            (name, value) -> {
              if (value == null) {
                builder.environment().remove(name);
              } else {
                builder.environment().put(name, value);
              }
            });
    return builder.start();
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(HOME.resolve("scripts/convoy").toString());
    command.addAll(List.of(arguments));
    return command;
  }

  // Surefire sets these variables for this process. They are removed, so that the launcher must
  // set them itself.
  private static Map<String, String> buildsOwnSpark(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>();
    for (String name :
        List.of(
            "SPARK_HOME",
            "SPARK_CONF_DIR",
            "MALLOC_MMAP_MAX_",
            "MALLOC_TRIM_THRESHOLD_",
            "MALLOC_TOP_PAD_",
            "MALLOC_ARENA_MAX",
            "GOMP_SPINCOUNT",
            "OPENCV_LOG_LEVEL",
            "LC_ALL")) {
      all.put(name, null);
    }

    all.put("SPARK_LOCAL_IP", "127.0.0.1");
    all.put("CONVOY_DRIVER_MEMORY", "2g");
    all.put("CONVOY_JAVA_OPTIONS", QUICK);
    all.putAll(environment);
    return all;
  }
}
