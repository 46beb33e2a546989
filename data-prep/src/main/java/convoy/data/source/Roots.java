package convoy.data.source;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** Keys of several roots may be equal: each root gets its own first part then. */
final class Roots {
  private Roots() {}

  /** One for each root: its name, behind its number where names are equal; empty for one root. */
  static List<String> prefixes(List<Path> roots) {
    if (roots.size() == 1) {
      return List.of("");
    }

    long names = roots.stream().map(Path::getName).distinct().count();
    List<String> prefixes = new ArrayList<>();
    for (Path root : roots) {
      String number = names == roots.size() ? "" : (prefixes.size() + 1) + "-";
      prefixes.add(number + root.getName() + "/");
    }

    return prefixes;
  }
}
