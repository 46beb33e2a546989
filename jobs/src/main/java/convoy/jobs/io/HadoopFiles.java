package convoy.jobs.io;

import convoy.data.dataset.AtomicFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Whole files on any Hadoop file system. A file is either complete or not there. */
public final class HadoopFiles {
  private HadoopFiles() {}

  /** Writes a file's content to a stream. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Replaces {@code path}. The file is written beside it under a hidden name, then renamed. */
  public static void write(Configuration configuration, Path path, Content content)
      throws IOException {
    write(configuration, path, "new", content);
  }

  /** Does the same if several tasks may write at once. No other one has {@code attempt}. */
  public static void write(Configuration configuration, Path path, String attempt, Content content)
      throws IOException {
    FileSystem files = path.getFileSystem(configuration);
    files.mkdirs(path.getParent());
    Path temporary = AtomicFiles.temporary(path, attempt);
    try (OutputStream out = files.create(temporary, true)) {
      content.writeTo(out);
    } catch (IOException | RuntimeException problem) {
      files.delete(temporary, false);
      throw problem;
    }

    AtomicFiles.commit(files, temporary, path);
  }

  /** Replaces {@code path} by {@code text} in UTF-8. */
  public static void writeText(Configuration configuration, Path path, String text)
      throws IOException {
    write(configuration, path, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  public static String readText(Configuration configuration, Path path) throws IOException {
    try (InputStream in = path.getFileSystem(configuration).open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  public static boolean exists(Configuration configuration, Path path) throws IOException {
    return path.getFileSystem(configuration).exists(path);
  }

  /** Whether {@code path} is absent or an empty folder. */
  public static boolean isAbsentOrEmpty(Configuration configuration, Path path) throws IOException {
    try {
      FileStatus[] inside = path.getFileSystem(configuration).listStatus(path);
      return inside.length == 0;
    } catch (FileNotFoundException absent) {
      return true;
    }
  }

  /** Deletes a file or a whole folder, if it is there. */
  public static void delete(Configuration configuration, Path path) throws IOException {
    path.getFileSystem(configuration).delete(path, true);
  }
}
