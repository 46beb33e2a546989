package convoy.data.source;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds the files of one class folder, as one task. */
final class FolderWalk {
  private final FileSystem store;
  private final FolderLayout.ClassFolder folder;
  private final Findings found = new Findings();
  private final Set<Object> above = new HashSet<>();

  private FolderWalk(FileSystem store, FolderLayout.ClassFolder folder) {
    this.store = store;
    this.folder = folder;
  }

  static Findings of(Configuration configuration, FolderLayout.ClassFolder folder)
      throws IOException {
    FolderWalk walk = new FolderWalk(SourceFiles.of(configuration, folder.path()), folder);
    walk.walk(folder.path(), Folder.identity(walk.store, folder.path()), folder.key());
    if (walk.found.candidates().isEmpty()) {
      walk.found.warn("class folder " + folder.path() + " has no files: no class is made of it");
    }

    return walk.found;
  }

  private void walk(Path path, Object identity, String key) throws IOException {
    if (identity != null && !above.add(identity)) {
      found.warn("a link leads back to a folder above it: " + path + " is not read again");
      return;
    }

    for (Folder.Entry entry : Folder.list(store, path)) {
      if (entry.name().startsWith(".")) {
        found.skipHidden();
      } else if (entry.kind() == Folder.Kind.SPECIAL) {
        found.warn("a pipe, socket or device is not read: " + key + entry.name());
      } else if (entry.kind() == Folder.Kind.FOLDER) {
        requireSpelled(entry);
        walk(entry.path(), entry.identity(), key + entry.name() + "/");
      } else {
        found.add(
            new Candidate(
                key + entry.name(),
                folder.split(),
                folder.name(),
                entry.bytes(),
                entry.uri(),
                FileReader.WHOLE));
      }
    }

    above.remove(identity);
  }

  /** Refuses a folder whose name isn't UTF-8, because Hadoop can't open it. */
  static void requireSpelled(Folder.Entry entry) throws SourceException {
    if (!Folder.isSpelled(entry)) {
      throw new SourceException(
          "the name of the folder " + entry.name() + " is not UTF-8: rename it");
    }
  }
}
