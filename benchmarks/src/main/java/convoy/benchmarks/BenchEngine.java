package convoy.benchmarks;

import convoy.zoo.Zoo;
import convoy.zoo.plan.PlanNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command {@code bench-engine}: compares Convoy's engine with its peers on this machine's
 * cores.
 */
@Command(
    name = "bench-engine",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Measure the engine beside libtorch, ONNX Runtime and DL4J as it comes: the same start",
      "values and minibatch, each engine in a process of its own, asked in turn; medians."
    },
    footer = "Exit codes: 0 done, 2 usage, 1 anything else, such as losses that differ.")
final class BenchEngine implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--quick",
      description =
          "Fewer measurements, no auxiliary classifiers, no bfloat16, the peer's way (layout,"
              + " OpenBLAS's threads) chosen by one trial instead of three.")
  private boolean quick;

  @Option(
      names = "--networks",
      split = ",",
      paramLabel = "NAME",
      description =
          "Networks of the zoo; default: lenet5-modern, alexnet-one-tower, vgg16, googlenet.")
  private List<String> networks = Agenda.NETWORKS;

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      description = "Native threads of an engine; default: 1, 2.")
  private List<Integer> threads = List.of(1, 2);

  @Option(
      names = "--memory",
      description = "Print the peak resident memory of each process instead of its speed.")
  private boolean memory;

  @Option(
      names = "--replicas",
      description =
          "One network of several threads beside as many networks of one thread; their gradients"
              + " are not added up, which would come on top.")
  private boolean replicas;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the rows there too.")
  private Path json;

  /** Only this method exits the process. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return Messages.oneLine(new CommandLine(new BenchEngine()));
  }

  /** Returns what the options ask for. */
  Agenda agenda() {
    try {
      networks.forEach(Zoo::architecture);
    } catch (IllegalArgumentException unknown) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--networks: " + unknown.getMessage());
    }
    for (int count : threads) {
      if (count < 1) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "--threads " + count + ": an engine needs at least 1");
      }
    }
    if (memory && (replicas || json != null)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--memory prints a table alone: leave --replicas and --json out");
    }
    if (replicas && threads.stream().allMatch(count -> count == 1)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--replicas needs --threads of more than 1");
    }

    return new Agenda(networks, threads, quick);
  }

  @Override
  public Integer call() throws IOException {
    Agenda agenda = agenda();
    if (memory) {
      System.out.print(PeakMemory.heading());
      for (Workload workload : agenda.workloads()) {
        System.out.print(PeakMemory.of(workload).line());
      }

      return CommandLine.ExitCode.OK;
    }

    List<Row> rows = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    String command =
        "scripts/bench-engine "
            + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    System.out.print(Table.heading());
    for (Agenda.Entry entry : replicas ? agenda.replicas() : agenda.entries()) {
      if (!PlanNetwork.computes(entry.workload().precision())) {
        System.err.println("bench-engine: skipped, not on this CPU: " + entry.workload());
        continue;
      }

      Measurement measurement =
          Comparison.of(
              entry.workload(),
              entry.engines(),
              replicas
                  ? agenda.replicaSettings(entry.workload())
                  : agenda.settings(entry.workload()));
      System.out.print(Table.lines(measurement));
      measurement.problems().forEach(problem -> System.err.println("bench-engine: " + problem));
      problems.addAll(measurement.problems());
      rows.addAll(measurement.rows());
      if (json != null) {
        // The file is written after each comparison, so the results remain if the rest is stopped.
        new Report<>(Report.thisCpu(), command.strip(), rows).write(json);
      }
    }

    return problems.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }
}
