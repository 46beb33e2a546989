package convoy.data.image;

import java.io.IOException;

/** This process lacks the memory for a picture, which may be sound: worth a retry with more. */
public final class PictureMemoryException extends IOException {
  private static final long serialVersionUID = 1L;

  private PictureMemoryException(String message) {
    super(message);
  }

  /**
   * Nothing for a picture that is bad itself.
   *
   * @param name of the picture
   */
  public static void throwIfMeant(String name, BadPictureException bad)
      throws PictureMemoryException {
    if (bad.code().equals(Decoder.OUT_OF_MEMORY)) {
      throw new PictureMemoryException(name + ": " + bad.getMessage());
    }
  }
}
