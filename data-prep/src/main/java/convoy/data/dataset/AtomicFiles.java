package convoy.data.dataset;

import java.io.IOException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * Replaces files atomically: a reader sees the old file or the whole new one, never a part or a
 * gap.
 */
public final class AtomicFiles {
  private AtomicFiles() {}

  /**
   * Returns a hidden file beside its target. {@code attempt} keeps two writers of the same file
   * apart.
   */
  public static Path temporary(Path target, String attempt) {
    return new Path(target.getParent(), "." + target.getName() + "." + attempt + ".tmp");
  }

  /** Moves a complete file into place and replaces an older one if there is one. */
  public static void commit(FileSystem files, Path temporary, Path target) throws IOException {
    if (files.exists(target) && files.getFileStatus(target).isDirectory()) {
      // A rename would move the file into it.
      throw new IOException(target + " is a folder, not a file to replace");
    }

    if (files.rename(temporary, target)) { // This replaces an older file on a local file system.
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

    // HDFS replaces an existing file only if the rename asks for it.
    context.rename(
        files.makeQualified(temporary), files.makeQualified(target), Options.Rename.OVERWRITE);
  }
}
