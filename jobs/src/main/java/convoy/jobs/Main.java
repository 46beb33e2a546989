package convoy.jobs;

import java.util.List;
import picocli.CommandLine;

/** The entry: {@code convoy COMMAND ...}. The only class that exits. */
@CommandLine.Command(name = "convoy", description = "Convolutional networks on Apache Spark.")
public final class Main {
  /** One line a command; each is a Callable of ExitCode. */
  private static final List<Object> COMMANDS = List.of();

  private Main() {}

  /** Runs a command and returns its exit code; never exits. */
  public static int run(String... arguments) {
    CommandLine commandLine = new CommandLine(new Main());
    COMMANDS.forEach(commandLine::addSubcommand);
    return commandLine.execute(arguments);
  }

  public static void main(String[] arguments) {
    int code = run(arguments);
    if (code != 0) {
      System.exit(code);
    }
  }
}
