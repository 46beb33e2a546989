package convoy.jobs.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * A real Spark cluster on loopback: one Master and some Workers with one core each. Each is a
 * separate process that uses the build's Spark jars. The logs stay under target/cluster.
 */
public final class StandaloneCluster implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration JOB = Duration.ofMinutes(5);
  static final Path SPARK = Launcher.HOME.resolve("jobs/target/spark");

  private final Path folder;
  private final String javaOptions;
  private final int port;
  private final int webPort;
  private final List<Process> daemons = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  private StandaloneCluster(Path folder, String javaOptions, int port, int webPort) {
    this.folder = folder;
    this.javaOptions = javaOptions;
    this.port = port;
    this.webPort = webPort;
  }

  /** The end of a driver that ran in the cluster: FINISHED or FAILED, and what it printed. */
  public record Driver(String state, String out, String err) {}

  /** Starts the cluster and waits until every worker is ALIVE. */
  public static StandaloneCluster start(String name, int workers)
      throws IOException, InterruptedException {
    Path folder = Path.of("target/cluster", name).toAbsolutePath();
    StandaloneCluster cluster =
        new StandaloneCluster(folder, SparkClasses.quickOptions(), freePort(), freePort());
    try {
      cluster.startDaemons(workers);
      return cluster;
    } catch (IOException | RuntimeException | Error failed) {
      cluster.close();
      throw failed;
    }
  }

  /** Returns the Master's address, such as {@code spark://127.0.0.1:7077}. */
  public String master() {
    return "spark://127.0.0.1:" + port;
  }

  /** Runs a command with its driver in the submitting process. */
  public Finished client(Path workingFolder, String... arguments)
      throws IOException, InterruptedException {
    return Launcher.run(
        workingFolder,
        quickDriver(),
        concat(
            List.of("--master", master(), "--executor-memory", "2g", "--conf", quickExecutors("=")),
            arguments));
  }

  /** Starts a command with its driver in the submitting process, which is the one returned. */
  public Process start(Path workingFolder, Path log, List<String> arguments) throws IOException {
    return Launcher.start(
        workingFolder,
        log,
        quickDriver(),
        concat(
            List.of("--master", master(), "--executor-memory", "2g", "--conf", quickExecutors("=")),
            arguments.toArray(String[]::new)));
  }

  /** The processes of all executors. */
  public List<ProcessHandle> executors() {
    return daemons.stream()
        .flatMap(Process::descendants)
        .filter(process -> commandLine(process).contains("CoarseGrainedExecutorBackend"))
        .toList();
  }

  /** Java's own ProcessHandle.Info cuts long lines. */
  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(
              Path.of("/proc", String.valueOf(process.pid()), "cmdline"), StandardCharsets.UTF_8)
          .replace('\0', ' ');
    } catch (IOException ended) {
      return "";
    }
  }

  /** The process of an executor of the only application, if it runs. */
  public Optional<ProcessHandle> executor(String id) {
    return executors().stream()
        .filter(process -> commandLine(process).contains("--executor-id " + id + " "))
        .findFirst();
  }

  /** Runs a command with its driver on a worker and waits for its end. */
  public Driver cluster(Path workingFolder, String... arguments)
      throws IOException, InterruptedException {
    List<String> before = drivers("completeddrivers");
    Launcher.run(
            workingFolder,
            quickDriver(),
            concat(
                List.of(
                    "--master",
                    master(),
                    "--deploy-mode",
                    "cluster",
                    "--driver-memory",
                    "2g",
                    "--executor-memory",
                    "2g",
                    "--conf",
                    quickExecutors("=")),
                arguments))
        .exits(0);
    // SparkSubmit ends as soon as the cluster accepts the driver, whether or not the driver
    // succeeds.
    String driver =
        Await.until(
            "the end of the driver of " + String.join(" ", arguments),
            JOB,
            () ->
                drivers("completeddrivers").stream()
                    .filter(ended -> !before.contains(ended))
                    .findFirst());
    return ended(driver);
  }

  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>();
    for (Process daemon : daemons) {
      daemon.descendants().forEach(all::add);
      all.add(daemon.toHandle());
    }

    all.forEach(ProcessHandle::destroy);
    for (ProcessHandle handle : all) {
      handle
          .onExit()
          .completeOnTimeout(null, 10, TimeUnit.SECONDS)
          .thenRun(handle::destroyForcibly)
          .join();
    }
  }

  /** Returns what executors printed on standard output, line by line. */
  public List<String> executorOutput() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file :
          all.filter(path -> path.toString().matches(".*/app-[^/]+/\\d+/stdout")).toList()) {
        lines.addAll(Files.readAllLines(file, StandardCharsets.UTF_8));
      }
    }

    return lines;
  }

  /** Returns the names of the applications that the Master lists as running. */
  public List<String> applications() throws IOException, InterruptedException {
    return stream(json().path("activeapps"))
        .map(application -> application.path("name").asText())
        .toList();
  }

  /** Writes a configuration of Spark whose executors start quickly, for submits from outside. */
  public Path configuration() throws IOException {
    Path configuration = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(configuration.resolve("spark-defaults.conf"), quickExecutors(" ") + "\n");
    return configuration;
  }

  private String quickExecutors(String separator) {
    return "spark.executor.extraJavaOptions" + separator + javaOptions;
  }

  private Map<String, String> quickDriver() {
    return Map.of("CONVOY_JAVA_OPTIONS", javaOptions);
  }

  private void startDaemons(int workers) throws IOException {
    FileUtils.deleteDirectory(folder.toFile()); // An earlier build's cluster may have left files.
    Files.createDirectories(folder);
    daemon(
        "master",
        "org.apache.spark.deploy.master.Master",
        "--host",
        "127.0.0.1",
        "--port",
        String.valueOf(port),
        "--webui-port",
        String.valueOf(webPort));
    for (int worker = 0; worker < workers; worker++) {
      daemon(
          "worker-" + worker,
          "org.apache.spark.deploy.worker.Worker",
          "--host",
          "127.0.0.1",
          "--webui-port",
          "0",
          "-c",
          "1",
          "-m",
          "4g",
          "-d",
          folder.resolve("work-" + worker).toString(),
          master());
    }

    Await.until(
        workers + " workers (logs in " + folder + ")",
        START,
        () -> {
          long alive =
              stream(json().path("workers"))
                  .filter(worker -> worker.path("state").asText().equals("ALIVE"))
                  .count();
          return alive == workers ? Optional.of(alive) : Optional.empty();
        });
  }

  private void daemon(String name, String mainClass, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED"));
    command.addAll(List.of(javaOptions.split(" ")));
    command.addAll(List.of("-cp", SPARK.resolve("jars") + "/*", mainClass));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    // The environment is almost empty, so the job must bring what executors need.
    builder.environment().keySet().retainAll(List.of("PATH", "HOME", "JAVA_HOME", "TMPDIR"));
    builder.environment().put("SPARK_HOME", SPARK.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    daemons.add(builder.start());
  }

  private Driver ended(String driver) throws IOException, InterruptedException {
    String state =
        stream(json().path("completeddrivers"))
            .filter(entry -> entry.path("id").asText().equals(driver))
            .map(entry -> entry.path("state").asText())
            .findFirst()
            .orElseThrow();
    try (Stream<Path> works = Files.list(folder)) {
      Path printed =
          works
              .map(work -> work.resolve(driver))
              .filter(Files::isDirectory)
              .findFirst()
              .orElseThrow();
      return new Driver(state, read(printed.resolve("stdout")), read(printed.resolve("stderr")));
    }
  }

  private List<String> drivers(String kind) throws IOException, InterruptedException {
    return stream(json().path(kind)).map(driver -> driver.path("id").asText()).toList();
  }

  private JsonNode json() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webPort + "/json/"))
            .timeout(Duration.ofSeconds(10))
            .build();
    String body =
        http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)).body();
    return new ObjectMapper().readTree(body);
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    List<JsonNode> nodes = new ArrayList<>();
    array.forEach(nodes::add);
    return nodes.stream();
  }

  private static String read(Path file) throws IOException {
    return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
  }

  private static String[] concat(List<String> first, String... then) {
    List<String> all = new ArrayList<>(first);
    all.addAll(List.of(then));
    return all.toArray(String[]::new);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
