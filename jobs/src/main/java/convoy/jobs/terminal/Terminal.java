package convoy.jobs.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * What is known of the terminal behind the standard streams. No output has colours, so NO_COLOR is
 * honoured without a look at it.
 */
public final class Terminal {
  private Terminal() {}

  /** Whether standard error is a terminal that can move its cursor. */
  public static boolean isInteractive() {
    return isTerminal(2) && moves(System.getenv("TERM"));
  }

  /** Whether standard output is a terminal, so that tables must fit it. */
  public static boolean isOutputShown() {
    return isTerminal(1);
  }

  /** The number of columns now. A window may be resized at any time. */
  public static int columns() {
    // picocli asks stty. A new object asks again, and answers 80 if there is no terminal.
    return new UsageMessageSpec().autoWidth(true).width();
  }

  static boolean moves(String term) {
    return term != null && !term.isEmpty() && !term.equals("dumb");
  }

  /** Java itself knows this of input and output together only. */
  @SuppressWarnings("SystemConsoleNull") // Convoy runs on Java 17.
  static boolean isTerminal(int descriptor) {
    try {
      String target =
          Files.readSymbolicLink(Path.of("/proc/self/fd", String.valueOf(descriptor))).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException noLinux) {
      return System.console() != null;
    }
  }
}
