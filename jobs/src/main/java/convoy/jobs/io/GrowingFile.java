package convoy.jobs.io;

import convoy.data.files.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A text file that one process adds to. Where the store can't append, the whole file is replaced:
 * S3 never can, and HDFS refuses while it has fewer datanodes than the file has replicas.
 */
public final class GrowingFile {
  private static final Logger LOG = LoggerFactory.getLogger(GrowingFile.class);

  private final Configuration configuration;
  private final Path path;
  private boolean refused;

  public GrowingFile(Configuration configuration, Path path) {
    this.configuration = configuration;
    this.path = path;
  }

  /** Adds {@code text} in UTF-8 to the end of the file, or makes the file. */
  public void add(String text) throws IOException {
    FileSystem files = Storage.of(configuration, path);
    if (!files.exists(path)) {
      HadoopFiles.writeText(configuration, path, text);
      return;
    }

    // What a refused append may have left behind this length is not read again.
    long length = files.getFileStatus(path).getLen();
    if (!refused && appended(files, text)) {
      return;
    }

    byte[] before;
    try (InputStream in = files.open(path)) {
      before = in.readNBytes(Math.toIntExact(length));
    }

    HadoopFiles.write(
        configuration,
        path,
        out -> {
          out.write(before);
          out.write(text.getBytes(StandardCharsets.UTF_8));
        });
  }

  private boolean appended(FileSystem files, String text) throws IOException {
    if (files.hasPathCapability(path, CommonPathCapabilities.FS_APPEND)) {
      try (OutputStream out = files.append(path)) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        return true;
      } catch (IOException refusal) {
        LOG.info("{} is replaced from now on, as appending fails: {}", path, refusal.getMessage());
      }
    }

    refused = true;
    return false;
  }
}
