package convoy.data.dataset;

import convoy.data.files.Storage;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A Parquet file that is read through {@link Storage}. */
final class StoredInputFile implements InputFile {
  private final FileSystem files;
  private final FileStatus status;

  StoredInputFile(Configuration configuration, Path path) throws IOException {
    this.files = Storage.of(configuration, path);
    this.status = files.getFileStatus(path);
  }

  @Override
  public long getLength() {
    return status.getLen();
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    return HadoopStreams.wrap(files.open(status.getPath()));
  }

  @Override
  public String toString() {
    return status.getPath().toString();
  }
}
