package convoy.zoo.graph;

/** A window does not fit into its input: a larger picture may help. */
final class TooSmallException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  TooSmallException(String message) {
    super(message);
  }
}
