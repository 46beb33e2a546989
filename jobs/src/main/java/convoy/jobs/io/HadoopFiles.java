package convoy.jobs.io;

import convoy.data.files.AtomicFiles;
import convoy.data.files.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Whole files on any Hadoop file system. A file is either complete or not there. */
public final class HadoopFiles {
  private HadoopFiles() {}

  /** Replaces {@code path}. The file is written beside it under a hidden name, then renamed. */
  public static void write(Configuration configuration, Path path, AtomicFiles.Content content)
      throws IOException {
    write(configuration, path, "new", content);
  }

  /** Does the same if several tasks may write at once. No other one has {@code attempt}. */
  public static void write(
      Configuration configuration, Path path, String attempt, AtomicFiles.Content content)
      throws IOException {
    AtomicFiles.write(Storage.of(configuration, path), path, attempt, content);
  }

  /** Replaces {@code path} by {@code text} in UTF-8. */
  public static void writeText(Configuration configuration, Path path, String text)
      throws IOException {
    write(configuration, path, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  public static String readText(Configuration configuration, Path path) throws IOException {
    try (InputStream in = Storage.of(configuration, path).open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  public static boolean exists(Configuration configuration, Path path) throws IOException {
    return Storage.of(configuration, path).exists(path);
  }

  /** Whether {@code path} is absent or an empty folder. */
  public static boolean isAbsentOrEmpty(Configuration configuration, Path path) throws IOException {
    try {
      FileStatus[] inside = Storage.of(configuration, path).listStatus(path);
      return inside.length == 0;
    } catch (FileNotFoundException absent) {
      return true;
    }
  }

  /** Deletes a file or a whole folder, if it is there. */
  public static void delete(Configuration configuration, Path path) throws IOException {
    Storage.of(configuration, path).delete(path, true);
  }
}
