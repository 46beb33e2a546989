package convoy.data.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files that {@code --in} names, or that lie directly in the folders that it names, sorted by
 * name.
 */
final class InputFiles {
  private final Configuration configuration;
  private final TreeSet<Path> files =
      new TreeSet<>(Comparator.comparing(Path::getName).thenComparing(Path::toString));

  private final TreeSet<Path> folders = new TreeSet<>();
  private final List<Path> inputs;

  private InputFiles(Configuration configuration, List<Path> inputs) {
    this.configuration = configuration;
    this.inputs = inputs;
  }

  static InputFiles of(Configuration configuration, List<Path> inputs) throws IOException {
    InputFiles found = new InputFiles(configuration, inputs);
    for (Path input : inputs) {
      FileSystem store = SourceFiles.of(configuration, input);
      try {
        if (store.getFileStatus(input).isDirectory()) {
          for (Folder.Entry entry : Folder.list(store, input)) {
            found.add(entry);
          }
        } else {
          Folder.requireNotSpecial(store, input);
          found.files.add(input);
        }
      } catch (FileNotFoundException absent) {
        throw new SourceException("source " + input + " doesn't exist: check --in", absent);
      }
    }

    return found;
  }

  private void add(Folder.Entry entry) throws SourceException {
    if (entry.name().startsWith(".") || entry.kind() == Folder.Kind.SPECIAL) {
      return;
    }

    if (entry.path() == null) {
      throw new SourceException(
          "the name of " + entry.name() + " in --in isn't UTF-8: rename it, or set LC_ALL=C.UTF-8");
    }

    (entry.kind() == Folder.Kind.FILE ? files : folders).add(entry.path());
  }

  /** Returns the folders that lie directly in the folders that {@code --in} names. */
  Set<Path> folders() {
    return folders;
  }

  /** Returns the files of one of the folders. */
  InputFiles in(Path folder) throws IOException {
    return of(configuration, List.of(folder));
  }

  /** Returns an error that names what is there in place of what is looked for. */
  SourceException nothing(String wanted) {
    return new SourceException("no " + wanted + " in " + inputs + ": " + recognized());
  }

  /** Says what the files are. */
  String recognized() {
    return Recognized.of(files, folders);
  }

  /** Returns the file of that name, or null. */
  Path find(String name) throws SourceException {
    List<Path> named = files.stream().filter(path -> path.getName().equals(name)).toList();
    if (named.size() > 1) {
      throw new SourceException(
          "--in has two files of one name: " + named.get(0) + " and " + named.get(1));
    }

    return named.isEmpty() ? null : named.get(0);
  }

  /** Returns the files whose names have that ending. */
  List<Path> ending(String suffix) {
    return files.stream().filter(path -> path.getName().endsWith(suffix)).toList();
  }

  /**
   * Returns a distinct name for each file: its own, with the folder's name in front if names are
   * equal.
   */
  static Map<Path, String> names(List<Path> files) {
    long different = files.stream().map(Path::getName).distinct().count();
    List<Path> folders = files.stream().map(Path::getParent).distinct().toList();
    List<String> prefixes = Roots.prefixes(folders);
    Map<Path, String> names = new HashMap<>();
    for (Path file : files) {
      String prefix =
          different == files.size() ? "" : prefixes.get(folders.indexOf(file.getParent()));
      names.put(file, prefix + file.getName());
    }

    return names;
  }

  /** Reads all lines of one of the files. */
  List<String> lines(Path path) throws IOException {
    return TextLines.of(configuration, path);
  }
}
