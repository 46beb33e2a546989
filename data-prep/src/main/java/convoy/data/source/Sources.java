package convoy.data.source;

import java.util.List;
import java.util.Optional;

/** The registry of sources. */
public final class Sources {
  /** One line a source. */
  private static final List<Source> ALL = List.of(new FolderSource(), new MnistSource());

  /** Sources of the design that are not built yet. */
  private static final List<String> NOT_YET =
      List.of("imagenet", "cifar10", "tiny-imagenet", "csv", "jsonl", "webdataset");

  private Sources() {}

  /** The source of that name, if there is one. */
  public static Optional<Source> named(String name) {
    return ALL.stream().filter(source -> source.name().equals(name)).findFirst();
  }

  /** Names that {@link #named} knows. */
  public static List<String> names() {
    return ALL.stream().map(Source::name).toList();
  }

  /** Whether a later version will know the name. */
  public static boolean isPlanned(String name) {
    return NOT_YET.contains(name);
  }
}
