package convoy.data.source;

import java.util.List;
import java.util.Optional;

/** The registry of sources. */
public final class Sources {
  /** One line for each source. */
  private static final List<Source> ALL =
      List.of(
          new FolderSource(),
          new ImagenetSource(),
          new TinyImagenetSource(),
          new MnistSource(),
          new CifarSource(),
          new CsvSource(),
          new JsonLinesSource(),
          new WebDatasetSource());

  private Sources() {}

  /** Returns the source of that name, if there is one. */
  public static Optional<Source> named(String name) {
    return ALL.stream().filter(source -> source.name().equals(name)).findFirst();
  }

  /** Returns the names that {@link #named} accepts. */
  public static List<String> names() {
    return ALL.stream().map(Source::name).toList();
  }
}
