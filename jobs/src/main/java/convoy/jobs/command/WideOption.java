package convoy.jobs.command;

import convoy.jobs.terminal.Terminal;
import picocli.CommandLine.Option;

/** The option {@code --wide} of commands that print tables. */
final class WideOption {
  @Option(
      names = "--wide",
      description =
          "Show tables whole. Without it, a terminal shows only the columns that fit it. Files and"
              + " pipes always get all.")
  private boolean wide;

  /** The number of columns that a table may take. */
  int columns() {
    return wide || !Terminal.isOutputShown() ? Integer.MAX_VALUE : Terminal.columns();
  }
}
