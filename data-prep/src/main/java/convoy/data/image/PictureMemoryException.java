package convoy.data.image;

import java.io.IOException;

/**
 * This process lacks the memory for a picture that may be good. A retry with more memory may
 * succeed.
 */
public final class PictureMemoryException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean ofHeap;

  private PictureMemoryException(String message, boolean ofHeap) {
    super(message);
    this.ofHeap = ofHeap;
  }

  /** Returns whether Java's heap was too small, rather than the memory outside it. */
  public boolean isOfHeap() {
    return ofHeap;
  }

  /**
   * Throws this exception if memory was the problem, and does nothing for a picture that is bad
   * itself.
   *
   * @param name of the picture
   */
  public static void throwIfOutOfMemory(String name, BadPictureException bad)
      throws PictureMemoryException {
    boolean ofHeap = bad.code().equals(Decoder.OUT_OF_MEMORY);
    if (ofHeap || bad.code().equals(Decoder.OUT_OF_NATIVE_MEMORY)) {
      throw new PictureMemoryException(name + ": " + bad.getMessage(), ofHeap);
    }
  }
}
