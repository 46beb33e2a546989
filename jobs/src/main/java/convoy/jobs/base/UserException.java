package convoy.jobs.base;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An error that the user can correct: one line with the value and the remedy, or one for each
 * problem, without a trace. Control characters of the values are shown.
 */
public final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final ExitCode exitCode;

  public UserException(ExitCode exitCode, String message) {
    this(exitCode, message, (Throwable) null);
  }

  public UserException(ExitCode exitCode, String message, Throwable cause) {
    super(OneLine.of(message), cause);
    this.exitCode = exitCode;
  }

  private UserException(ExitCode exitCode, String first, List<String> more) {
    super(
        Stream.concat(Stream.of(first), more.stream())
            .map(OneLine::of)
            .collect(Collectors.joining("\n  ")));
    this.exitCode = exitCode;
  }

  /** A wrong option, recipe key or value, which leads to exit code 2. */
  public static UserException usage(String message) {
    return new UserException(ExitCode.USAGE, message);
  }

  /** Several wrong keys or values, each of which gets a line below the first one. */
  public static UserException usage(String first, List<String> problems) {
    return new UserException(ExitCode.USAGE, first, problems);
  }

  /** Missing or bad data, which leads to exit code 3. */
  public static UserException badData(String message) {
    return new UserException(ExitCode.BAD_DATA, message);
  }

  /** Bad data in several files, each of which gets a line below the first one. */
  public static UserException badData(String first, List<String> files) {
    return new UserException(ExitCode.BAD_DATA, first, files);
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
