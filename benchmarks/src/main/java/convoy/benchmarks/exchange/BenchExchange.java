package convoy.benchmarks.exchange;

import convoy.benchmarks.Messages;
import convoy.benchmarks.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code bench-exchange}: compares a round's exchange with the network's limit. */
@Command(
    name = "bench-exchange",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Measure the exchange of a round between executors on hosts of their own, which are network",
      "namespaces of this machine joined by shaped links, beside what the links carry; medians.",
      "The workers train nothing. Needs root, ip and tc."
    },
    footer = "Exit codes: 0 done, 2 usage, 1 anything else, such as a wrong mean.")
final class BenchExchange implements Callable<Integer> {
  private static final int WARM_UP = 2;
  private static final int MEASURED = 5;

  @Spec private CommandSpec spec;

  @Option(names = "--quick", description = "AlexNet on two workers only, at 1 Gbit/s and unshaped.")
  private boolean quick;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the rows to this file too.")
  private Path json;

  private final AtomicReference<Hosts> open = new AtomicReference<>();

  /** Only this method exits the process. */
  public static void main(String[] arguments) {
    System.exit(Messages.oneLine(new CommandLine(new BenchExchange())).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    String command =
        "scripts/bench-exchange "
            + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    List<ExchangeRow> rows = new ArrayList<>();
    boolean whole = true;
    Runtime.getRuntime().addShutdownHook(new Thread(this::closeOpen));
    System.out.print(ExchangeRow.heading());
    for (Setting setting : quick ? Setting.QUICK : Setting.ALL) {
      long available = availableMemory();
      if (setting.memory() > available) {
        System.err.printf(
            "bench-exchange: skipped: %s needs %.1f GB of memory, and %.1f GB are available%n",
            setting, setting.memory() / 1e9, available / 1e9);
        whole = false;
        continue;
      }

      rows.add(measure(setting));
      if (json != null) {
        // The file is written after each row, so the results remain if the rest is stopped.
        new Report<>(Report.thisCpu(), command.strip(), rows).write(json);
      }
    }

    return whole ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private static long availableMemory() throws IOException {
    return Files.readAllLines(Path.of("/proc/meminfo"), StandardCharsets.US_ASCII).stream()
        .filter(line -> line.startsWith("MemAvailable:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  private ExchangeRow measure(Setting setting) throws IOException {
    try (Hosts hosts = new Hosts(setting)) {
      open.set(hosts);
      double bytesPerSecond = TcpStream.bytesPerSecond(hosts.links(), hosts.programs());
      Rounds.Answer answer = new Cluster(hosts).run(setting, WARM_UP, MEASURED);
      if (answer.wrong() > 0) {
        throw new IllegalStateException(
            "%s: %,d floats are not the mean of the workers".formatted(setting, answer.wrong()));
      }

      ExchangeRow row = ExchangeRow.of(setting, bytesPerSecond, answer);
      System.out.print(row.line(setting, bytesPerSecond, answer));
      return row;
    } finally {
      open.set(null);
    }
  }

  /** An interrupt leaves no process and no link either. */
  private void closeOpen() {
    Hosts hosts = open.get();
    if (hosts != null) {
      hosts.close();
    }
  }
}
