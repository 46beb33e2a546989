package convoy.jobs.exchange;

/**
 * A part of a state is on no executor any more. The same rounds from an earlier state make it
 * again, with the same floats.
 */
public final class StateLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StateLostException(String message) {
    super(message);
  }
}
