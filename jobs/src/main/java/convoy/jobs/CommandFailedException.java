package convoy.jobs;

/** Thrown by the driver in cluster deploy mode instead of an exit; the reason is printed before. */
final class CommandFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFailedException(int exitCode) {
    super("ended with exit code " + exitCode, null, false, false);
  }
}
