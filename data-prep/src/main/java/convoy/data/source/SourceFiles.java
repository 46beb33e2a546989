package convoy.data.source;

import convoy.data.files.Storage;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** Opens the file systems of sources. */
public final class SourceFiles {
  private SourceFiles() {}

  /**
   * Returns the file system of a path. The local one is without Hadoop's checksum files: with them
   * it can't open a name that contains a colon, and refuses a file that was edited next to an old
   * checksum file.
   */
  public static FileSystem of(Configuration configuration, Path path) throws IOException {
    FileSystem files = Storage.of(configuration, path);
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }
}
