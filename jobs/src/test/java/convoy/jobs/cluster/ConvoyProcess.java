package convoy.jobs.cluster;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** A process that runs a command of Convoy with the classes of this one, on two local cores. */
public final class ConvoyProcess {
  private ConvoyProcess() {}

  /**
   * Returns the words that start it.
   *
   * @param options of the JVM beside those of this process, such as {@code -Xmx1g}
   */
  public static List<String> command(List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.matches("(--add-opens|-D|-XX:).*"))
        .forEach(command::add);
    command.addAll(options);
    command.add("-Dspark.master=local[2]");
    command.addAll(
        List.of(
            "-cp", System.getProperty("java.class.path") + File.pathSeparator, "convoy.jobs.Main"));
    command.addAll(List.of(arguments));
    return command;
  }
}
