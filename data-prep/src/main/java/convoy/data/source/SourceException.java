package convoy.data.source;

import java.io.IOException;

/** Inputs are absent, or aren't what the source reads. The message is one line for people. */
public final class SourceException extends IOException {
  private static final long serialVersionUID = 1L;

  public SourceException(String message) {
    super(message);
  }

  public SourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
