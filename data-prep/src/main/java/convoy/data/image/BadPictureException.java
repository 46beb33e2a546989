package convoy.data.image;

/**
 * The bytes are not a usable picture. The exception has a short code for counting and a message for
 * people.
 */
public final class BadPictureException extends Exception {
  private static final long serialVersionUID = 1L;
  private final String code;

  /**
   * Creates the exception; the code is kebab-case, such as {@code not-a-picture} or {@code
   * too-many-pixels}.
   */
  public BadPictureException(String code, String message) {
    super(message);
    this.code = code;
  }

  public String code() {
    return code;
  }
}
