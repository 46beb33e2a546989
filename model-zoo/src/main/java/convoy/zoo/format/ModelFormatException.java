package convoy.zoo.format;

import java.io.IOException;

/**
 * Says that a model's file is damaged, has an unknown format or does not fit the network. Another
 * attempt would fail too.
 */
public final class ModelFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  public ModelFormatException(String message) {
    super(message);
  }

  public ModelFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
