package convoy.data.image;

/** Memory beside Java's heap was refused: a larger heap leaves less of it. */
final class NativeMemoryError extends OutOfMemoryError {
  private static final long serialVersionUID = 1L;

  NativeMemoryError(String message) {
    super(message);
  }
}
