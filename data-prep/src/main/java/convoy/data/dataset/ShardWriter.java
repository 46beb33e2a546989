package convoy.data.dataset;

import convoy.data.files.AtomicFiles;
import convoy.data.files.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileWriter;

/**
 * Writes one shard with exactly the requested number of examples in each row group; the last one
 * may be shorter. The same examples give the same bytes. The complete shard appears with {@link
 * #finish}; a writer that is closed earlier leaves nothing.
 */
public final class ShardWriter implements Closeable {
  /** Smallest and largest values longer than this are not noted in the footer. */
  private static final int STATISTICS_BYTES = 16;

  private final Configuration configuration;
  private final Path target;
  private final Path temporary;
  private final String path;
  private final int rowGroupExamples;
  private final HashingOutputFile file;
  private final ParquetFileWriter parquet;
  private final List<Example> rowGroup = new ArrayList<>();
  private final List<Integer> rowGroups = new ArrayList<>();
  private boolean closed;

  private ShardWriter(
      Configuration configuration, Path dataset, String path, int rowGroupExamples, String attempt)
      throws IOException {
    this.configuration = configuration;
    this.path = path;
    this.target = new Path(dataset, path);
    this.temporary = AtomicFiles.temporary(target, attempt);
    this.rowGroupExamples = rowGroupExamples;
    this.file = new HashingOutputFile(configuration, temporary);
    this.parquet =
        new ParquetFileWriter(
            file,
            ShardSchema.SCHEMA,
            ParquetFileWriter.Mode.OVERWRITE,
            0,
            0,
            STATISTICS_BYTES,
            STATISTICS_BYTES,
            true);
    parquet.start();
  }

  /**
   * Starts a shard.
   *
   * @param path relative to the dataset, such as {@code train/part-00000.parquet}
   * @param rowGroupExamples examples of a row group, the block of random access
   * @param attempt different from that of any other writer of this shard
   */
  public static ShardWriter create(
      Configuration configuration, Path dataset, String path, int rowGroupExamples, String attempt)
      throws IOException {
    if (rowGroupExamples < 1) {
      throw new IllegalArgumentException(
          "row groups of " + rowGroupExamples + " examples: at least 1 is needed");
    }

    return new ShardWriter(configuration, dataset, path, rowGroupExamples, attempt);
  }

  /** Adds an example and holds it until its row group is full. */
  public void add(Example example) throws IOException {
    rowGroup.add(example);
    if (rowGroup.size() == rowGroupExamples) {
      writeRowGroup();
    }
  }

  /** Ends the shard and moves it into place. */
  public Manifest.Shard finish() throws IOException {
    if (!rowGroup.isEmpty()) {
      writeRowGroup();
    }

    file.holdTail();
    parquet.end(Map.of());
    AtomicFiles.commit(Storage.of(configuration, target), temporary, target);
    closed = true;
    return new Manifest.Shard(path, file.bytes(), file.sha256(), rowGroups);
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }

    closed = true;
    try {
      file.close();
    } finally {
      Storage.of(configuration, target).delete(temporary, false);
    }
  }

  private void writeRowGroup() throws IOException {
    new RowGroupWriter(parquet).write(rowGroup);
    rowGroups.add(rowGroup.size());
    rowGroup.clear();
  }
}
