package convoy.data.files;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * Replaces files atomically: a reader sees the old file or the whole new one, never a part or a
 * gap.
 */
public final class AtomicFiles {
  private static final Map<FileSystem, FileContext> CONTEXTS = new WeakHashMap<>();

  private AtomicFiles() {}

  /**
   * Returns a hidden file beside its target. {@code attempt} keeps two writers of the same file
   * apart.
   */
  public static Path temporary(Path target, String attempt) {
    return new Path(target.getParent(), "." + target.getName() + "." + attempt + ".tmp");
  }

  /** Deletes the hidden files that killed writers left in a folder, if there is one. */
  public static void deleteTemporary(FileSystem files, Path folder) throws IOException {
    if (!files.exists(folder)) {
      return;
    }

    for (FileStatus inside : files.listStatus(folder)) {
      String name = inside.getPath().getName();
      if (name.startsWith(".") && name.endsWith(".tmp")) {
        files.delete(inside.getPath(), false);
      }
    }
  }

  /** Writes a file's content to a stream. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Replaces a file, and makes its folder if there is none. A failure leaves the older file and no
   * other.
   *
   * @param attempt different from that of any other writer of this file
   */
  public static void write(FileSystem files, Path target, String attempt, Content content)
      throws IOException {
    commit(files, writeBeside(files, target, attempt, content), target);
  }

  /** Does the same up to {@link #commit}, and returns the temporary file. */
  public static Path writeBeside(FileSystem files, Path target, String attempt, Content content)
      throws IOException {
    files.mkdirs(target.getParent());
    Path temporary = temporary(target, attempt);
    boolean done = false;
    try {
      try (OutputStream out = files.create(temporary, true)) {
        content.writeTo(out);
      }

      done = true;
    } finally {
      if (!done) {
        files.delete(temporary, false);
      }
    }

    return temporary;
  }

  /**
   * Moves a complete file into place and replaces an older one if there is one. If that fails, the
   * complete file is deleted.
   */
  public static void commit(FileSystem files, Path temporary, Path target) throws IOException {
    boolean done = false;
    try {
      replace(files, temporary, target);
      done = true;
    } finally {
      if (!done) {
        files.delete(temporary, false);
      }
    }
  }

  private static void replace(FileSystem files, Path temporary, Path target) throws IOException {
    if (files.exists(target) && files.getFileStatus(target).isDirectory()) {
      // A rename would move the file into it.
      throw new IOException(target + " is a folder, not a file to replace");
    }

    if (files.rename(temporary, target)) { // This replaces an older file on a local file system.
      return;
    }

    FileContext context;
    try {
      context = context(files);
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

  /** A context of HDFS is a client of its own, and a status is replaced every few seconds. */
  private static FileContext context(FileSystem files) throws UnsupportedFileSystemException {
    synchronized (CONTEXTS) {
      FileContext context = CONTEXTS.get(files);
      if (context == null) {
        context = FileContext.getFileContext(files.getUri(), files.getConf());
        CONTEXTS.put(files, context);
      }

      return context;
    }
  }
}
