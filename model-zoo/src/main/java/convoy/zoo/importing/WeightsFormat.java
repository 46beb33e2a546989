package convoy.zoo.importing;

import convoy.zoo.format.ModelFormatException;
import java.io.IOException;
import java.nio.file.Path;

/** A format that weights come in: one file, one line in {@link WeightsFormats}. */
interface WeightsFormat {
  /** As in {@code --from}. */
  String name();

  /**
   * Opens a local file.
   *
   * @throws ModelFormatException when it is damaged, or none of this format
   */
  WeightsFile open(Path file) throws IOException;
}
