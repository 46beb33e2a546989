package convoy.zoo.importing;

import convoy.zoo.format.ModelFormatException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A format of weights that can be imported. Each has one file and one line in {@link
 * WeightsFormats}.
 */
interface WeightsFormat {
  /** Returns the name that {@code --from} takes. */
  String name();

  /**
   * Opens a local file.
   *
   * @throws ModelFormatException when it is damaged or has a different format
   */
  WeightsFile open(Path file) throws IOException;
}
