package convoy.jobs.base;

/** An error the user can mend: one clear line with the value and the remedy, no trace. */
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

  /** Wrong option, recipe key or value: exit code 2. */
  public static UserException usage(String message) {
    return new UserException(ExitCode.USAGE, message);
  }

  /** Missing or bad data: exit code 3. */
  public static UserException badData(String message) {
    return new UserException(ExitCode.BAD_DATA, message);
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
