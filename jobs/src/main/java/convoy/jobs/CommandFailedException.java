package convoy.jobs;

/** Ends a driver in cluster deploy mode, which must not exit. The reason was printed before. */
final class CommandFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFailedException(int exitCode) {
    super("ended with exit code " + exitCode, null, false, false);
  }
}
