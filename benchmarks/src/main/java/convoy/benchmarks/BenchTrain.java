package convoy.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.zoo.engine.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code bench-train}: compares a whole training with the engine alone. */
@Command(
    name = "bench-train",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Measure `convoy train` of alexnet-one-tower on this machine, one core a worker, beside as many",
      "bare engines of one thread, on minibatches of the same size; medians of whole rounds."
    },
    footer = "Exit codes: 0 done, 2 usage, 1 anything else.")
final class BenchTrain implements Callable<Integer> {
  private static final String NETWORK = "alexnet-one-tower";

  /** The number of measurements of the bare engines before the training, and again after it. */
  private static final int MEASUREMENTS = 4;

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DATASET",
      description = "What `convoy prepare` made of pictures of 224 px.")
  private Path data;

  @Option(
      names = "--recipe",
      paramLabel = "FILE",
      description = "Of alexnet-one-tower; default: conf/alexnet-imagenette.yaml.")
  private Path recipe = home().resolve("conf/alexnet-imagenette.yaml");

  @Option(
      names = "--workers",
      split = ",",
      paramLabel = "N",
      description = "Workers of a run; default: 1, 2.")
  private List<Integer> workers = List.of(1, 2);

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Pictures of a worker's minibatch; default: ${DEFAULT-VALUE}.")
  private int batch = 64;

  @Option(
      names = "--interval",
      paramLabel = "N",
      description = "Minibatches of a round; default: ${DEFAULT-VALUE}.")
  private int interval = 10;

  @Option(names = "--epochs", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private int epochs = 3;

  /** Only this method exits the process. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return Messages.oneLine(new CommandLine(new BenchTrain()));
  }

  /** Returns the checkout, which scripts/bench-train passes on. */
  private static Path home() {
    return Path.of(System.getProperty("convoy.home", "."));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path manifest = data.resolve("manifest.json");
    if (!Files.isReadable(manifest)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--data " + data + " is no dataset: make one with scripts/convoy prepare");
    }

    int classes = new ObjectMapper().readTree(manifest.toFile()).path("classes").size();
    Workload workload =
        new Workload(NETWORK, false, Mode.TRAIN, 1, batch, classes, Precision.FLOAT32);
    System.out.printf(
        Locale.ROOT,
        "%s, batch %d a worker, %d minibatches a round, images/s%n%s",
        NETWORK,
        batch,
        interval,
        heading());
    for (int count : workers) {
      System.out.print(line(count, workload));
    }

    return CommandLine.ExitCode.OK;
  }

  private String line(int count, Workload workload) throws IOException, InterruptedException {
    try (BareEngines bare = new BareEngines(workload, count)) {
      bare.measure(MEASUREMENTS);
      List<String> lines = new ConvoyRun(home(), recipe, data, count, settings(count)).metrics();
      bare.measure(MEASUREMENTS);
      TrainingRounds rounds = TrainingRounds.of(lines, (long) count * interval * batch);
      return line(count, bare.imagesPerSecond(), rounds);
    }
  }

  private List<String> settings(int count) {
    return List.of(
        "model.name=" + NETWORK,
        "training.workers=" + count,
        "training.coresPerWorker=1",
        "training.batchSizePerWorker=" + batch,
        "training.epochs=" + epochs,
        "sync.interval=" + interval,
        "checkpoint.everyRounds=1000000",
        "checkpoint.everyMinutes=1000000",
        "evaluation.everyEpochs=" + epochs);
  }

  private static final String FORMAT = "%7s %7s %9s %9s %6s %9s %6s %10s %11s %7s%n";

  private static String heading() {
    return String.format(Locale.ROOT, FORMAT, "", "", "bare", "", "", "without", "", "", "", "")
        + String.format(
            Locale.ROOT,
            FORMAT,
            "workers",
            "rounds",
            "engines",
            "train",
            "ratio",
            "exchange",
            "ratio",
            "computeMs",
            "dataWaitMs",
            "syncMs");
  }

  /** Returns the medians of the rounds. The exchange is the time in which no worker trained. */
  static String line(int workers, double bare, TrainingRounds rounds) {
    double whole = rounds.median(TrainingRounds.Round::imagesPerSecond);
    double without = rounds.median(TrainingRounds.Round::withoutExchange);
    return String.format(
        Locale.ROOT,
        FORMAT,
        workers,
        rounds.rounds().size(),
        number(bare, 1),
        number(whole, 1),
        number(whole / bare, 3),
        number(without, 1),
        number(without / bare, 3),
        number(rounds.median(TrainingRounds.Round::computeMs), 0),
        number(rounds.median(TrainingRounds.Round::dataWaitMs), 0),
        number(rounds.median(TrainingRounds.Round::syncMs), 0));
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
