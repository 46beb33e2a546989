package convoy.data.source;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** Makes keys of several roots distinct. Each root's keys begin with a different part. */
final class Roots {
  private Roots() {}

  /**
   * Returns a prefix for each root: its name, with its number in front if names are equal. The
   * prefix of a single root is empty.
   */
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
