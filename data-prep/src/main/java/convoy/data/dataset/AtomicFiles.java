package convoy.data.dataset;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A file is there complete or not at all. */
final class AtomicFiles {
  private AtomicFiles() {}

  /** Hidden, beside its target; {@code attempt} keeps two writers of one file apart. */
  static Path temporary(Path target, String attempt) {
    return new Path(target.getParent(), "." + target.getName() + "." + attempt + ".tmp");
  }

  /** Moves a whole file into place, over an older one if need be. */
  static void commit(FileSystem files, Path temporary, Path target) throws IOException {
    if (files.rename(temporary, target)) {
      return;
    }

    // HDFS refuses to rename onto a file; the local file system replaces it.
    files.delete(target, false);
    if (!files.rename(temporary, target)) {
      throw new IOException("cannot rename " + temporary + " to " + target);
    }
  }
}
