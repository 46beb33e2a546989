package convoy.data.dataset;

import java.io.IOException;

/** A dataset can't be used as it stands: it is absent, unfinished, damaged or too new. */
public class DatasetException extends IOException {
  private static final long serialVersionUID = 1L;

  public DatasetException(String message) {
    super(message);
  }

  public DatasetException(String message, Throwable cause) {
    super(message, cause);
  }
}
