package convoy.data.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The files that {@code --in} names, or that lie directly in its folders; sorted by name. */
final class InputFiles {
  private final Configuration configuration;
  private final TreeMap<String, Path> files = new TreeMap<>();

  private InputFiles(Configuration configuration) {
    this.configuration = configuration;
  }

  static InputFiles of(Configuration configuration, List<Path> inputs) throws IOException {
    InputFiles found = new InputFiles(configuration);
    for (Path input : inputs) {
      FileSystem store = SourceFiles.of(configuration, input);
      try {
        if (store.getFileStatus(input).isDirectory()) {
          for (Folder.Entry entry : Folder.list(store, input)) {
            if (entry.kind() == Folder.Kind.FILE && !entry.name().startsWith(".")) {
              found.add(entry.path());
            }
          }
        } else {
          found.add(input);
        }
      } catch (FileNotFoundException absent) {
        throw new SourceException("source " + input + " doesn't exist: check --in", absent);
      }
    }

    return found;
  }

  private void add(Path path) throws SourceException {
    Path other = files.put(path.getName(), path);
    if (other != null && !other.equals(path)) {
      throw new SourceException("--in has two files of one name: " + other + " and " + path);
    }
  }

  /** The file of that name, or null. */
  Path find(String name) {
    return files.get(name);
  }

  /** Files whose names end so. */
  List<Path> ending(String suffix) {
    return files.values().stream().filter(path -> path.getName().endsWith(suffix)).toList();
  }

  /** All lines of one of the files. */
  List<String> lines(Path path) throws IOException {
    return TextLines.of(configuration, path);
  }
}
