package convoy.zoo.engine;

/**
 * Why no network can work here, in one line with the remedy: a setting of the process, a precision
 * that the CPU lacks, more memory than the machine has. The user's to mend, no bug.
 */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public EngineException(String message) {
    super(message);
  }
}
