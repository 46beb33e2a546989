package convoy.benchmarks;

import picocli.CommandLine;

/** Makes a command that fails print one line and return its exit code. */
public final class Messages {
  private Messages() {}

  public static CommandLine oneLine(CommandLine commandLine) {
    String name = commandLine.getCommandName() + ": ";
    commandLine.setExecutionExceptionHandler(
        (problem, command, parsed) -> {
          System.err.println(name + problem.getMessage());
          return CommandLine.ExitCode.SOFTWARE;
        });
    commandLine.setParameterExceptionHandler(
        (problem, arguments) -> {
          System.err.println(name + problem.getMessage());
          return CommandLine.ExitCode.USAGE;
        });
    return commandLine;
  }
}
