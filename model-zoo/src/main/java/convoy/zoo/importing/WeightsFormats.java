package convoy.zoo.importing;

import convoy.zoo.format.ModelFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The registry of formats that can be imported, with one line for each. */
public final class WeightsFormats {
  private static final List<WeightsFormat> FORMATS =
      List.of(new KerasFormat(), new SafetensorsFormat(), new NpzFormat());

  private WeightsFormats() {}

  public static List<String> names() {
    return FORMATS.stream().map(WeightsFormat::name).toList();
  }

  /**
   * Opens a local file.
   *
   * @throws ModelFormatException when it is damaged or has a different format
   * @throws IllegalArgumentException when there is no such format
   */
  public static WeightsFile open(String format, Path file) throws IOException {
    for (WeightsFormat known : FORMATS) {
      if (known.name().equals(format)) {
        return open(known, file);
      }
    }

    throw new IllegalArgumentException(
        "unknown format '" + format + "'; known: " + String.join(", ", names()));
  }

  private static WeightsFile open(WeightsFormat format, Path file) throws IOException {
    try {
      return format.open(file);
    } catch (ModelFormatException problem) {
      String other = OtherFiles.words(file, format.name()).orElse(null);
      if (other == null) {
        throw problem;
      }

      // What follows the semicolon helps with a damaged file of this format.
      String found = problem.getMessage().replaceFirst("; .*", "");
      throw new ModelFormatException("%s; %s".formatted(found, other), problem);
    }
  }
}
