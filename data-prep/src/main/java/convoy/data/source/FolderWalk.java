package convoy.data.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Collects the files of class folders, and what else is worth telling. */
final class FolderWalk {
  private final List<File> files = new ArrayList<>();
  private final Set<String> trainClasses = new TreeSet<>();
  private final Set<String> validationClasses = new TreeSet<>();
  private final List<String> warnings = new ArrayList<>();
  private long hidden;

  /** A file before the labels are known. */
  record File(String key, String split, String className, long bytes, String uri) {}

  void walkClass(FileSystem store, FolderLayout.ClassFolder folder, String prefix)
      throws IOException {
    int before = files.size();
    Set<Object> above = new HashSet<>();
    walk(
        store,
        folder,
        folder.path(),
        Folder.identity(store, folder.path()),
        above,
        prefix + folder.key());
    if (files.size() == before) {
      warn("class folder " + folder.path() + " has no files: no class is made of it");
      return;
    }

    classes(folder.split()).add(folder.name());
  }

  private void walk(
      FileSystem store,
      FolderLayout.ClassFolder folder,
      Path path,
      Object identity,
      Set<Object> above,
      String key)
      throws IOException {
    if (identity != null && !above.add(identity)) {
      warn("a link leads back to a folder above it: " + path + " is not read again");
      return;
    }

    for (Folder.Entry entry : Folder.list(store, path)) {
      if (entry.name().startsWith(".")) {
        skipHidden();
      } else if (entry.kind() == Folder.Kind.SPECIAL) {
        warn("a pipe, socket or device is not read: " + key + entry.name());
      } else if (entry.kind() == Folder.Kind.FOLDER) {
        requireSpelled(entry);
        walk(store, folder, entry.path(), entry.identity(), above, key + entry.name() + "/");
      } else {
        files.add(
            new File(
                key + entry.name(), folder.split(), folder.name(), entry.bytes(), entry.uri()));
      }
    }

    above.remove(identity);
  }

  /** A folder whose name is no UTF-8 can't be opened through Hadoop. */
  static void requireSpelled(Folder.Entry entry) throws SourceException {
    if (!Folder.isSpelled(entry)) {
      throw new SourceException(
          "the name of the folder " + entry.name() + " is no UTF-8: rename it");
    }
  }

  void skipHidden() {
    hidden++;
  }

  void warn(String warning) {
    warnings.add(warning);
  }

  /** Class folders with at least one file. */
  Set<String> classes(String split) {
    return split.equals(Item.TRAIN) ? trainClasses : validationClasses;
  }

  List<File> files() {
    return files;
  }

  long hidden() {
    return hidden;
  }

  List<String> warnings() {
    return warnings;
  }
}
