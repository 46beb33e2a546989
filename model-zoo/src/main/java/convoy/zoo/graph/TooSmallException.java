package convoy.zoo.graph;

/** Says that a window does not fit into its input. A larger picture may help. */
final class TooSmallException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  TooSmallException(String message) {
    super(message);
  }
}
