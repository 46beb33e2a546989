package convoy.jobs.importing;

import convoy.jobs.base.UserException;
import convoy.jobs.io.HadoopFiles;
import convoy.zoo.format.ModelDescription.ClassName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Names of classes in the order of their labels. Each line has a name, optionally with words. */
final class ClassesFile {
  private ClassesFile() {}

  /** Makes {@code count} classes without names. */
  static List<ClassName> unnamed(int count) {
    List<ClassName> classes = new ArrayList<>();
    for (int label = 0; label < count; label++) {
      classes.add(new ClassName(label, null, null));
    }

    return classes;
  }

  /**
   * Reads names for {@code count} classes.
   *
   * @throws UserException with exit code 3 if the file has a different number of them
   */
  static List<ClassName> read(Configuration configuration, Path file, int count)
      throws IOException {
    List<String> lines = HadoopFiles.readText(configuration, file).lines().toList();
    if (lines.size() != count) {
      throw UserException.badData(
          "%s has %d lines, but the network has %d classes; write one line for each class"
              .formatted(file, lines.size(), count));
    }

    List<ClassName> classes = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String line : lines) {
      String[] parts = line.strip().split("\\s+", 2);
      if (parts[0].isEmpty() || !names.add(parts[0])) {
        throw UserException.badData(
            "%s, line %d: '%s' has no name, or one that was there before"
                .formatted(file, classes.size() + 1, line));
      }

      classes.add(new ClassName(classes.size(), parts[0], parts.length == 1 ? null : parts[1]));
    }

    return classes;
  }
}
