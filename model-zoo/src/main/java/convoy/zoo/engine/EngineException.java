package convoy.zoo.engine;

/**
 * Says in one line why no network can work here and what to do about it. Examples are a setting of
 * the process, a precision that the CPU lacks, or more memory than the machine has. It is not a
 * bug: the user can correct it.
 */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public EngineException(String message) {
    super(message);
  }
}
