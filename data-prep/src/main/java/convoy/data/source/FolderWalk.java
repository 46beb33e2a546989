package convoy.data.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

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
    walk(store, folder, folder.path(), prefix + folder.key());
    if (files.size() == before) {
      warn("class folder " + folder.path() + " has no files: no class is made of it");
      return;
    }

    classes(folder.split()).add(folder.name());
  }

  private void walk(FileSystem store, FolderLayout.ClassFolder folder, Path path, String key)
      throws IOException {
    RemoteIterator<FileStatus> inside = store.listStatusIterator(path);
    while (inside.hasNext()) {
      FileStatus status = inside.next();
      String name = status.getPath().getName();
      if (name.startsWith(".")) {
        skipHidden();
      } else if (status.isDirectory()) {
        walk(store, folder, status.getPath(), key + name + "/");
      } else {
        files.add(
            new File(
                key + name,
                folder.split(),
                folder.name(),
                status.getLen(),
                status.getPath().toUri().toString()));
      }
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
