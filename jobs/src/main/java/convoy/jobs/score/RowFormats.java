package convoy.jobs.score;

import convoy.jobs.base.UserException;
import java.util.List;

/** The registry of formats, with one line for each. */
final class RowFormats {
  private static final List<RowFormat> FORMATS =
      List.of(new ParquetFormat(), new CsvFormat(), new JsonLinesFormat());

  private RowFormats() {}

  static List<String> names() {
    return FORMATS.stream().map(RowFormat::name).toList();
  }

  /** Finds a format by its name; an unknown name leads to exit code 2. */
  static RowFormat format(String name) {
    return FORMATS.stream()
        .filter(format -> format.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                UserException.usage(
                    "unknown --format '%s'; known: %s"
                        .formatted(name, String.join(", ", names()))));
  }
}
