package convoy.data.image;

/** Memory outside Java's heap was refused. A larger heap leaves less of it. */
final class NativeMemoryError extends OutOfMemoryError {
  private static final long serialVersionUID = 1L;

  NativeMemoryError(String message) {
    super(message);
  }
}
