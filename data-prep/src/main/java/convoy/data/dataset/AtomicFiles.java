package convoy.data.dataset;

import java.io.IOException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/** A file is there complete or not at all, and never absent while it is replaced. */
public final class AtomicFiles {
  private AtomicFiles() {}

  /** Hidden, beside its target; {@code attempt} keeps two writers of one file apart. */
  public static Path temporary(Path target, String attempt) {
    return new Path(target.getParent(), "." + target.getName() + "." + attempt + ".tmp");
  }

  /** Moves a whole file into place, over an older one if need be. */
  public static void commit(FileSystem files, Path temporary, Path target) throws IOException {
    if (files.exists(target) && files.getFileStatus(target).isDirectory()) {
      throw new IOException(target + " is a folder, not a file to replace"); // Renames go into it.
    }

    if (files.rename(temporary, target)) { // The local file system replaces a file so.
      return;
    }

    FileContext context;
    try {
      context = FileContext.getFileContext(files.getUri(), files.getConf());
    } catch (UnsupportedFileSystemException onlyOldInterface) {
      files.delete(target, false);
      if (!files.rename(temporary, target)) {
        throw new IOException("cannot rename " + temporary + " to " + target, onlyOldInterface);
      }

      return;
    }

    // HDFS refuses to rename onto a file, unless it is told in one step.
    context.rename(
        files.makeQualified(temporary), files.makeQualified(target), Options.Rename.OVERWRITE);
  }
}
