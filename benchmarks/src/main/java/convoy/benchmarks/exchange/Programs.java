package convoy.benchmarks.exchange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The Java programs of one row. Each writes its errors to a log of its own.
 *
 * @param folder of the logs
 * @param environment of all programs, beside PATH, HOME and JAVA_HOME
 */
record Programs(Path folder, Map<String, String> environment, List<Process> started)
    implements AutoCloseable {
  private static final int LAST_LINES = 20;
  private static final int PATIENCE_SECONDS = 10;

  Programs(Path folder, Map<String, String> environment) {
    this(folder, Map.copyOf(environment), new ArrayList<>());
  }

  /** Starts a program on a host. Its answers are the process's output. */
  Process start(String name, Links links, int host, List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(links.on(host, command)).redirectError(log(name).toFile());
    builder.environment().keySet().retainAll(List.of("PATH", "HOME", "JAVA_HOME"));
    builder.environment().putAll(environment);
    builder.environment().put("SPARK_LOCAL_IP", links.address(host));
    Process process = builder.start();
    started.add(process);
    return process;
  }

  Path log(String name) {
    return folder.resolve(name + ".log");
  }

  /** The error of a program that ended without an answer. */
  IllegalStateException failed(String name) throws IOException {
    List<String> lines =
        Files.readAllLines(log(name), StandardCharsets.UTF_8).stream()
            .filter(line -> !line.startsWith("\tat "))
            .toList();
    return new IllegalStateException(
        "%s ended without an answer:%n%s"
            .formatted(
                name,
                String.join(
                    "\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()))));
  }

  /** Ends all programs and what they have started, such as executors. */
  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>();
    for (Process process : started) {
      process.descendants().forEach(all::add);
      all.add(process.toHandle());
    }

    all.forEach(ProcessHandle::destroy);
    for (ProcessHandle handle : all) {
      handle
          .onExit()
          .completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS)
          .thenRun(handle::destroyForcibly)
          .join();
    }
  }
}
