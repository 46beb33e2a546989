package convoy.benchmarks.exchange;

import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.jobs.spark.JvmOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A Spark cluster with a host for each process: Master and driver share host 0, and an executor of
 * one core is on each of the others.
 */
record Cluster(Hosts hosts) {
  private static final int PORT = 7077;
  private static final String MASTER_IS_UP = "New state: ALIVE";
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Runs rounds of the exchange on a cluster of their own. */
  Rounds.Answer run(Setting setting, int warmUp, int measured) throws IOException {
    startDaemons(setting);
    Process driver =
        hosts.programs().start("driver", hosts.links(), 0, driver(setting, warmUp, measured));
    try (BufferedReader answers = driver.inputReader()) {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        if (line.startsWith(Rounds.ANSWER)) {
          return new ObjectMapper()
              .readValue(line.substring(Rounds.ANSWER.length()), Rounds.Answer.class);
        }
      }
    }

    throw hosts.programs().failed("driver");
  }

  private void startDaemons(Setting setting) throws IOException {
    daemon(
        "master",
        0,
        "org.apache.spark.deploy.master.Master",
        "--host",
        hosts.links().address(0),
        "--port",
        String.valueOf(PORT));
    long started = System.nanoTime();
    while (!Files.readString(hosts.programs().log("master"), StandardCharsets.UTF_8)
        .contains(MASTER_IS_UP)) {
      if (System.nanoTime() - started > PATIENCE_NANOS) {
        throw hosts.programs().failed("master");
      }

      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }

    for (int host = 1; host <= setting.workers(); host++) {
      daemon(
          "worker-" + host,
          host,
          "org.apache.spark.deploy.worker.Worker",
          "--host",
          hosts.links().address(host),
          "-c",
          "1",
          "-m",
          "16g",
          "-d",
          hosts.folder().resolve("work-" + host).toString(),
          master());
    }
  }

  private String master() {
    return "spark://" + hosts.links().address(0) + ":" + PORT;
  }

  private void daemon(String name, int host, String mainClass, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("-Xmx128m", "-XX:+UseSerialGC"));
    command.addAll(List.of(JvmOptions.appendedTo("").split(" ")));
    command.addAll(List.of("-cp", hosts.spark().resolve("jars") + "/*", mainClass));
    command.addAll(List.of(arguments));
    hosts.programs().start(name, hosts.links(), host, command);
  }

  private List<String> driver(Setting setting, int warmUp, int measured) {
    List<String> command = new ArrayList<>(List.of("-Xmx512m"));
    String classPath = System.getProperty("java.class.path");
    command.addAll(List.of(JvmOptions.appendedTo("").split(" ")));
    Map.of(
            "spark.master",
            master(),
            "spark.driver.host",
            hosts.links().address(0),
            "spark.cores.max",
            String.valueOf(setting.workers()),
            "spark.executor.cores",
            "1",
            "spark.executor.memory",
            Setting.HEAP,
            // The stubs lie in direct buffers.
            "spark.executor.extraJavaOptions",
            "-XX:MaxDirectMemorySize=8g",
            "spark.executor.extraClassPath",
            classPath,
            "spark.scheduler.minRegisteredResourcesRatio",
            "1",
            "spark.scheduler.maxRegisteredResourcesWaitingTime",
            "120s",
            "spark.ui.enabled",
            "false")
        .forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(
        List.of(
            "-cp",
            classPath,
            Rounds.class.getName(),
            String.valueOf(setting.length()),
            String.valueOf(setting.workers()),
            String.valueOf(warmUp),
            String.valueOf(measured)));
    return command;
  }
}
