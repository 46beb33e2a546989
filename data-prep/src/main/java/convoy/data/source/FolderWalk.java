package convoy.data.source;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds the files of one class folder, as one task. */
final class FolderWalk {
  private final FileSystem store;
  private final FolderLayout.ClassFolder folder;
  private final Findings found = new Findings();

  private FolderWalk(FileSystem store, FolderLayout.ClassFolder folder) {
    this.store = store;
    this.folder = folder;
  }

  static Findings of(Configuration configuration, FolderLayout.ClassFolder folder)
      throws IOException {
    FolderWalk walk = new FolderWalk(SourceFiles.of(configuration, folder.path()), folder);
    if (Folder.isLocal(walk.store)) {
      java.nio.file.Path local = Folder.local(folder.path());
      walk.walk(local, new FoldersAbove(local), folder.key());
    } else {
      walk.walk(folder.path(), folder.key());
    }

    if (walk.found.candidates().isEmpty()) {
      String effect =
          folder.split().equals(Item.TRAIN)
              ? "no class is made of it"
              : "its class has no validation picture from there";
      walk.found.warn("class folder " + folder.path() + " has no files: " + effect);
    }

    return walk.found;
  }

  private void walk(Path path, String key) throws IOException {
    for (Folder.Entry entry : Folder.list(store, path)) {
      if (isPlainFolder(entry, key)) {
        walk(entry.path(), key + entry.name() + "/");
      }
    }
  }

  private void walk(java.nio.file.Path path, FoldersAbove above, String key) throws IOException {
    if (!above.enter(path)) {
      found.warn(leadsBack(RawNames.decode(RawNames.of(path)).replaceFirst("/$", "")));
      return;
    }

    for (Folder.Entry entry : Folder.list(path)) {
      if (isPlainFolder(entry, key)) {
        walk(entry.local(), above, key + entry.name() + "/");
      }
    }

    above.leave();
  }

  static String leadsBack(String link) {
    return "a link leads back to a folder above it: " + link + " is not read";
  }

  /** Adds an entry, unless it is a folder to walk through. */
  private boolean isPlainFolder(Folder.Entry entry, String key) {
    if (entry.name().startsWith(".")) {
      found.skipHidden();
    } else if (entry.kind() == Folder.Kind.SPECIAL) {
      found.warn("a pipe, socket or device is not read: " + key + entry.name());
    } else if (entry.kind() == Folder.Kind.FILE) {
      found.add(
          new Candidate(
              key + entry.name(),
              folder.split(),
              folder.name(),
              entry.bytes(),
              entry.uri(),
              FileReader.WHOLE));
    }

    return entry.kind() == Folder.Kind.FOLDER && !entry.name().startsWith(".");
  }
}
