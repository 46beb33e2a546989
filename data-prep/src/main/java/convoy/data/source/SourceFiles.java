package convoy.data.source;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** File systems as people fill them. */
public final class SourceFiles {
  private SourceFiles() {}

  /**
   * The file system of a path, the local one without Hadoop's checksum files: it can't open a name
   * with a colon beside them, and refuses a file that was edited next to an old one.
   */
  public static FileSystem of(Configuration configuration, Path path) throws IOException {
    FileSystem files = path.getFileSystem(configuration);
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }
}
