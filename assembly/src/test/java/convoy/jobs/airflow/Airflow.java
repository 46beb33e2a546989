package convoy.jobs.airflow;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.jobs.cluster.Finished;
import convoy.jobs.cluster.Launcher;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An Airflow in a virtual environment that scripts/test installed, with a separate database. */
final class Airflow {
  static final String NOTHING_DONE = "none";
  static final Path DAGS = Launcher.HOME.resolve("conf/airflow");
  private static final String ENVIRONMENTS = "CONVOY_AIRFLOW";
  private static final Duration LIMIT = Duration.ofMinutes(6);

  private final Path binaries;
  private final Path home;
  private final Map<String, String> environment = new HashMap<>();
  private LocalDate date = LocalDate.of(2026, 1, 1);

  /**
   * Creates an Airflow with an empty database in {@code home}.
   *
   * @param version airflow-3.3 or airflow-2.11
   */
  Airflow(String version, Path home) throws IOException, InterruptedException {
    this.binaries = environments().resolve(version).resolve("bin");
    this.home = Files.createDirectories(home);
    environment.put("PATH", binaries + File.pathSeparator + System.getenv("PATH"));
    environment.put("HOME", home.toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    environment.put("AIRFLOW_HOME", home.toString());
    environment.put("AIRFLOW__CORE__DAGS_FOLDER", DAGS.toString());
    environment.put("AIRFLOW__CORE__LOAD_EXAMPLES", "False");
    environment.put("CONVOY_RETRY_DELAY_SECONDS", "2");
    environment.put("SPARK_LAUNCHER_OPTS", Launcher.QUICK);
    environment.put("SPARK_SUBMIT_OPTS", Launcher.QUICK);
    finish(start("airflow", "db", "migrate")).exits(0);
  }

  /**
   * Returns the folder of the virtual environments. If there is none, the test is skipped and says
   * so.
   */
  private static Path environments() {
    String folder = System.getenv(ENVIRONMENTS);
    String reason =
        "skipped: the tests of Airflow need its virtual environments; scripts/test installs them"
            + " (Python 3.11) and names their folder in "
            + ENVIRONMENTS;
    if (folder == null) {
      // The build doesn't show reasons for skipped tests.
      System.out.println("[WARNING] " + reason);
    }

    assumeTrue(folder != null, reason);
    return Path.of(folder);
  }

  /** Sets the cluster of the connection spark_default. */
  Airflow withMaster(String master) throws IOException {
    int port = master.lastIndexOf(':');
    return with(
        "AIRFLOW_CONN_SPARK_DEFAULT",
        new ObjectMapper()
            .writeValueAsString(
                Map.of(
                    "conn_type",
                    "spark",
                    "host",
                    master.substring(0, port),
                    "port",
                    Integer.valueOf(master.substring(port + 1)))));
  }

  Airflow with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Airflow without(String name) {
    environment.remove(name);
    return this;
  }

  /** Runs a command of the virtual environment and waits for its end. */
  Finished run(String... command) throws IOException, InterruptedException {
    return finish(start(command));
  }

  /**
   * Runs a DAG and waits for its end. The exit code is 1 if a task failed; {@code out} is the whole
   * log.
   */
  Finished test(String dag, String done, Map<String, Object> params)
      throws IOException, InterruptedException {
    return finish(startTest(dag, done, params));
  }

  /**
   * Starts a run of a DAG. The tasks run inside this process, and the drivers are its children.
   *
   * @param done pattern of the tasks that count as done, to save time
   */
  Process startTest(String dag, String done, Map<String, Object> params) throws IOException {
    date = date.plusDays(1); // A new date starts a separate run.
    return start(
        "airflow",
        "dags",
        "test",
        dag,
        date.toString(),
        "--mark-success-pattern=" + done,
        "--conf=" + new ObjectMapper().writeValueAsString(params));
  }

  /** Waits for the end of the process that was started last. */
  Finished finish(Process process) throws IOException, InterruptedException {
    try {
      boolean ended = process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        throw new AssertionError("it took longer than " + LIMIT + "\n" + log());
      }

      return new Finished(process.exitValue(), log(), "");
    } finally {
      stop(process);
    }
  }

  static void stop(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Returns the output of the process that was started last. */
  String log() throws IOException {
    return Files.readString(home.resolve("log.txt"), StandardCharsets.UTF_8);
  }

  private Process start(String... command) throws IOException {
    List<String> all = new ArrayList<>(List.of(command));
    all.set(0, binaries.resolve(command[0]).toString());
    ProcessBuilder builder =
        new ProcessBuilder(all)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("log.txt").toFile());
    // The environment is almost empty, so the operator must set what drivers need.
    builder.environment().keySet().retainAll(List.of("TMPDIR"));
    builder.environment().putAll(environment);
    return builder.start();
  }
}
