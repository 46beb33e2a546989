package convoy.jobs.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.jobs.base.ConvoyVersion;
import convoy.jobs.base.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code convoy version} shows the version of Convoy and what it runs on. */
@Command(
    name = "version",
    sortOptions = false,
    description = "Show the version. With --verbose, also show what Convoy runs on.")
public final class VersionCommand implements Callable<ExitCode> {
  @Option(
      names = "--verbose",
      description = "Also show Java, Spark, libraries, CPU and the loaded native libraries.")
  private boolean verbose;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Override
  public ExitCode call() throws Exception {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("convoy", ConvoyVersion.current());
    if (verbose) {
      result.putAll(RuntimeFacts.collect());
    }

    System.out.println(
        json
            ? new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(result)
            : text(result));
    return ExitCode.DONE;
  }

  private static String text(Map<String, Object> result) {
    StringBuilder text = new StringBuilder();
    result.forEach(
        (name, value) -> {
          if (value instanceof Iterable<?> values) {
            text.append(name).append('\n');
            values.forEach(line -> text.append("  ").append(line).append('\n'));
          } else {
            text.append(String.format("%-9s %s%n", name, value));
          }
        });
    return text.toString().stripTrailing();
  }
}
