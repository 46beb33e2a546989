package convoy.jobs.base;

/** An error that the user can correct: one line with the value and the remedy, without a trace. */
public final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final ExitCode exitCode;

  public UserException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public UserException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** A wrong option, recipe key or value, which leads to exit code 2. */
  public static UserException usage(String message) {
    return new UserException(ExitCode.USAGE, message);
  }

  /** Missing or bad data, which leads to exit code 3. */
  public static UserException badData(String message) {
    return new UserException(ExitCode.BAD_DATA, message);
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
