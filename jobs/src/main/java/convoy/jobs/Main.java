package convoy.jobs;

import convoy.jobs.base.ExitCode;
import convoy.jobs.base.Failure;
import convoy.jobs.base.UserException;
import convoy.jobs.command.EvaluateCommand;
import convoy.jobs.command.ExportCommand;
import convoy.jobs.command.GenerateCommand;
import convoy.jobs.command.ImportCommand;
import convoy.jobs.command.InspectCommand;
import convoy.jobs.command.ModelsCommand;
import convoy.jobs.command.PrepareCommand;
import convoy.jobs.command.ScoreCommand;
import convoy.jobs.command.SimulateCommand;
import convoy.jobs.command.TrainCommand;
import convoy.jobs.command.VersionCommand;
import convoy.jobs.terminal.Interruption;
import convoy.jobs.terminal.Phase;
import convoy.jobs.terminal.Screen;
import convoy.jobs.terminal.Terminal;
import convoy.zoo.natives.ProcessEnvironment;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The entry point, {@code convoy COMMAND ...}. It is the only class that exits. */
@CommandLine.Command(
    name = "convoy",
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Trains the classic convolutional networks on image sets with Apache Spark, and scores"
            + " pictures with them.",
    exitCodeListHeading = "%nExit codes (2 to 5 are never worth a retry):%n",
    exitCodeList = {
      "0:done",
      "1:anything else, such as a full disk",
      "2:wrong usage or recipe",
      "3:missing or bad data",
      "4:a quality gate was missed",
      "5:training diverged"
    },
    footer = {"", "convoy COMMAND --help shows the options of a command."})
public final class Main {
  /** One line for each command, in the order of their use. */
  private static final List<Class<? extends Callable<ExitCode>>> COMMANDS =
      List.of(
          GenerateCommand.class,
          PrepareCommand.class,
          InspectCommand.class,
          ModelsCommand.class,
          SimulateCommand.class,
          TrainCommand.class,
          EvaluateCommand.class,
          ScoreCommand.class,
          ExportCommand.class,
          ImportCommand.class,
          VersionCommand.class);

  /** Planned commands. They are refused by name and are not in the help. */
  private static final List<String> NOT_YET = List.of("plan", "report", "doctor");

  @CommandLine.Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = CommandLine.ScopeType.INHERIT,
      description = "Show this help and end.")
  @SuppressWarnings("unused") // picocli reads the option, not the field.
  private boolean help;

  private Main() {}

  /** Exits with the command's exit code. After success it returns, and Spark ends by itself. */
  public static void main(String[] arguments) {
    Screen.install();
    // Reading the classes of all commands takes a second already.
    int code = Phase.during("working", () -> run(arguments));
    System.out.flush();
    System.err.flush();
    if (code == ExitCode.DONE.code()) {
      return;
    }

    // Spark owns the process of a driver in the cluster. An exception marks it as failed.
    if ("cluster".equals(System.getProperty("spark.submit.deployMode"))) {
      throw new CommandFailedException(code);
    }

    System.exit(code);
  }

  /** Runs a command and returns its exit code; never exits. */
  public static int run(String... arguments) {
    if (arguments.length > 0 && NOT_YET.contains(arguments[0])) {
      System.err.println("convoy " + arguments[0] + ": not supported yet");
      return ExitCode.USAGE.code();
    }

    CommandLine commandLine = commandLine();
    ParseResult parsed;
    try {
      parsed = commandLine.parseArgs(arguments);
      UsageErrors.raise(parsed);
    } catch (CommandLine.ParameterException wrong) {
      System.err.println(UsageErrors.line(wrong));
      return ExitCode.USAGE.code();
    }

    for (ParseResult at = parsed; at != null; at = at.subcommand()) {
      if (at.isUsageHelpRequested()) {
        System.out.print(HelpText.of(at.commandSpec().commandLine(), Terminal.columns()));
        return ExitCode.DONE.code();
      }
    }

    if (!parsed.hasSubcommand()) {
      System.err.print(HelpText.of(commandLine, Terminal.columns()));
      return ExitCode.USAGE.code();
    }

    ParseResult command = parsed.subcommand();
    while (command.hasSubcommand()) {
      command = command.subcommand();
    }

    return call(command, Arrays.asList(arguments)).code();
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Main());
    COMMANDS.forEach(commandLine::addSubcommand);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setExpandAtFiles(false); // A name may begin with @.
    commandLine.getCommandSpec().parser().collectErrors(true);
    commandLine
        .getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().parser().collectErrors(true));
    return commandLine;
  }

  // Everything that a command throws ends here, including errors of the JVM.
  @SuppressWarnings("unchecked")
  private static ExitCode call(ParseResult parsed, List<String> arguments) {
    Callable<ExitCode> command = (Callable<ExitCode>) parsed.commandSpec().userObject();
    try {
      String refusal = ProcessEnvironment.ofThisProcess().refusal(1);
      if (refusal != null) {
        throw UserException.usage(refusal);
      }

      return Interruption.during(
          parsed.commandSpec().qualifiedName(),
          arguments,
          () -> {
            PathArguments.check(parsed);
            return command.call();
          });
    } catch (Throwable thrown) {
      if (thrown instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }

      // A signal has stopped Spark while the command ran, so its error is not a bug.
      if (Interruption.isStopping()) {
        return ExitCode.FAILURE;
      }

      Failure failure = Failure.of(thrown);
      System.err.println(failure.text(parsed.commandSpec().qualifiedName()));
      LoggerFactory.getLogger(Main.class).debug("the whole trace", thrown);
      return failure.exitCode();
    }
  }
}
