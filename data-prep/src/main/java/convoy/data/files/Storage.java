package convoy.data.files;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The one way from a path to its file system. Local files are those of a {@link LocalDisk}, since
 * Hadoop's own local file system replaces a file in two steps.
 */
public final class Storage {
  private static LocalDisk local;

  private Storage() {}

  /** Returns the file system of a path. */
  public static FileSystem of(Configuration configuration, Path path) throws IOException {
    FileSystem files = path.getFileSystem(configuration);
    return files instanceof LocalFileSystem ? local(configuration) : files;
  }

  private static synchronized LocalDisk local(Configuration configuration) throws IOException {
    if (local == null) {
      LocalDisk disk = new LocalDisk();
      disk.initialize(URI.create("file:///"), configuration);
      local = disk;
    }

    return local;
  }
}
