package convoy.jobs.importing;

import convoy.data.files.Storage;
import convoy.jobs.base.UserException;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A file that can be mapped: a local file itself, else a local copy that is deleted by close. */
record LocalCopy(java.nio.file.Path path, boolean temporary) implements Closeable {
  static LocalCopy of(Configuration configuration, Path file) throws IOException {
    FileSystem files = Storage.of(configuration, file);
    Path whole = files.makeQualified(file);
    if (files.getFileStatus(whole).isDirectory()) {
      throw new FileNotFoundException(file + " is a folder");
    }

    if ("file".equals(whole.toUri().getScheme())) {
      java.nio.file.Path local = java.nio.file.Path.of(whole.toUri().getPath());
      if (Files.readAttributes(local, BasicFileAttributes.class).isOther()) {
        throw UserException.badData(
            "--in " + file + " is a pipe, socket or device: name a file that can be read twice");
      }

      return new LocalCopy(local, false);
    }

    java.nio.file.Path copy = Files.createTempFile("convoy-import", ".tmp");
    try {
      files.copyToLocalFile(false, whole, new Path(copy.toUri()), true);
      return new LocalCopy(copy, true);
    } catch (IOException | RuntimeException problem) {
      Files.deleteIfExists(copy);
      throw problem;
    }
  }

  @Override
  public void close() throws IOException {
    if (temporary) {
      Files.deleteIfExists(path);
    }
  }
}
