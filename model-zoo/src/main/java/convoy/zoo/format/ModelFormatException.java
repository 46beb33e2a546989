package convoy.zoo.format;

import java.io.IOException;

/** A model's file is damaged, foreign or does not fit the network: trying again won't help. */
public final class ModelFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  public ModelFormatException(String message) {
    super(message);
  }

  public ModelFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
