package convoy.data.dataset;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;

/**
 * One open shard. It reads row groups by number, in any order, and doesn't read the others. One
 * thread uses it.
 */
public final class ShardReader implements Closeable {
  private static final MessageColumnIO COLUMNS =
      new ColumnIOFactory().getColumnIO(ShardSchema.SCHEMA);
  private final Path path;
  private final ParquetFileReader parquet;

  private ShardReader(Path path, ParquetFileReader parquet) {
    this.path = path;
    this.parquet = parquet;
  }

  /**
   * Opens a shard by its path and reads its footer.
   *
   * @throws DatasetException if the file is absent or isn't a shard of this schema
   */
  public static ShardReader open(Configuration configuration, Path path) throws IOException {
    ParquetFileReader parquet;
    try {
      parquet =
          ParquetFileReader.open(
              new StoredInputFile(configuration, path),
              HadoopReadOptions.builder(configuration).usePageChecksumVerification().build());
    } catch (FileNotFoundException e) {
      throw new DatasetException("shard " + path + " of the manifest is missing: prepare again", e);
    } catch (RuntimeException e) {
      throw damaged(path, e);
    } catch (IOException e) {
      if (isOfTheBytes(e)) {
        throw damaged(path, e);
      }

      throw e;
    }

    if (!parquet
        .getFileMetaData()
        .getSchema()
        .getColumns()
        .equals(ShardSchema.SCHEMA.getColumns())) {
      parquet.close();
      throw new DatasetException(
          path + " has other columns than a shard: " + parquet.getFileMetaData().getSchema());
    }

    return new ShardReader(path, parquet);
  }

  /** Returns the number of examples of each row group. */
  public List<Integer> rowGroups() {
    List<Integer> rowGroups = new ArrayList<>();
    parquet.getRowGroups().forEach(group -> rowGroups.add((int) group.getRowCount()));
    return rowGroups;
  }

  /**
   * Reads a whole row group.
   *
   * @param rowGroup number within this shard
   * @throws DatasetException if its checksums don't match
   */
  public List<Example> read(int rowGroup) throws IOException {
    try {
      PageReadStore pages = parquet.readRowGroup(rowGroup);
      RecordReader<Example> rows = COLUMNS.getRecordReader(pages, new ExampleMaterializer());
      List<Example> examples = new ArrayList<>((int) pages.getRowCount());
      for (long row = 0; row < pages.getRowCount(); row++) {
        examples.add(rows.read());
      }

      return examples;
    } catch (RuntimeException e) { // Damaged bytes can cause any of these in Parquet.
      throw damaged(path, e);
    } catch (IOException e) {
      if (isOfTheBytes(e)) {
        throw damaged(path, e);
      }

      throw e; // The store failed, so a retry may succeed.
    }
  }

  /**
   * Parquet reports a header that it can't parse as a failed read, with the parser's error as the
   * cause.
   */
  private static boolean isOfTheBytes(IOException e) {
    return e instanceof EOFException
        || (e.getCause() != null && e.getCause().getClass().getName().contains(".thrift."));
  }

  @Override
  public void close() throws IOException {
    parquet.close();
  }

  private static DatasetException damaged(Path path, Exception cause) {
    return new DatasetException(
        path + " is damaged (" + cause.getMessage() + "): prepare again", cause);
  }
}
