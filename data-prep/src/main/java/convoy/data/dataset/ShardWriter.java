package convoy.data.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Writes one shard: examples in, row groups of exactly the asked number of examples out (the last
 * one may be shorter). The same examples give the same bytes. The shard appears whole with {@link
 * #finish}; closed before that it leaves nothing.
 */
public final class ShardWriter implements Closeable {
  private final Configuration configuration;
  private final Path target;
  private final Path temporary;
  private final String path;
  private final int rowGroupExamples;
  private final HashingOutputFile file;
  private final ParquetWriter<Example> parquet;
  private long examples;
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
    this.parquet = new Builder(file, configuration, rowGroupExamples).build();
  }

  /**
   * Starts a shard.
   *
   * @param path relative to the dataset, such as {@code train/part-00000.parquet}
   * @param rowGroupExamples examples of a row group, the block of random access
   * @param attempt unlike that of any other writer of this shard
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

  public void add(Example example) throws IOException {
    parquet.write(example);
    examples++;
  }

  /** Ends the shard and moves it into place. */
  public Manifest.Shard finish() throws IOException {
    parquet.close();
    closed = true;
    AtomicFiles.commit(target.getFileSystem(configuration), temporary, target);
    return new Manifest.Shard(path, file.bytes(), file.sha256(), rowGroups());
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }

    closed = true;
    try {
      parquet.close();
    } finally {
      target.getFileSystem(configuration).delete(temporary, false);
    }
  }

  private List<Integer> rowGroups() {
    List<Integer> rowGroups = new ArrayList<>();
    for (long left = examples; left > 0; left -= rowGroupExamples) {
      rowGroups.add((int) Math.min(left, rowGroupExamples));
    }

    return rowGroups;
  }

  private static final class Builder extends ParquetWriter.Builder<Example, Builder> {
    Builder(HashingOutputFile file, Configuration configuration, int rowGroupExamples) {
      super(file);
      withConf(configuration);
      withCompressionCodec(CompressionCodecName.UNCOMPRESSED);
      withWriterVersion(WriterVersion.PARQUET_1_0);
      withDictionaryEncoding(false);
      withPageWriteChecksumEnabled(true);
      withColumnIndexTruncateLength(16);
      withStatisticsTruncateLength(16);
      withValidation(false);

      // Parquet 1.13 has no limit by rows. Its size check runs after exactly this many rows, and a
      // row group of a byte is always full by then. A page of the same rows makes one page a chunk.
      withRowGroupSize(1L);
      withMinRowCountForPageSizeCheck(rowGroupExamples);
      withMaxRowCountForPageSizeCheck(rowGroupExamples);
      withPageRowCountLimit(rowGroupExamples);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<Example> getWriteSupport(Configuration configuration) {
      return new ExampleWriteSupport();
    }
  }
}
