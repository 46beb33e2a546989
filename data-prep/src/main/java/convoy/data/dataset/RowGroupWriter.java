package convoy.data.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;

/**
 * Writes examples as one row group, with one plain, uncompressed page for each column. Parquet
 * 1.13's own record writer cuts row groups by bytes only; here the caller cuts them by examples.
 */
final class RowGroupWriter {
  private final ParquetFileWriter parquet;

  RowGroupWriter(ParquetFileWriter parquet) {
    this.parquet = parquet;
  }

  void write(List<Example> examples) throws IOException {
    parquet.startBlock(examples.size());
    texts(ShardSchema.KEY, examples, Example::key);
    numbers(ShardSchema.LABEL, examples, Example::label);
    numbers(ShardSchema.WIDTH, examples, Example::width);
    numbers(ShardSchema.HEIGHT, examples, Example::height);
    numbers(ShardSchema.CHANNELS, examples, Example::channels);
    texts(ShardSchema.FORMAT, examples, Example::format);
    binaries(ShardSchema.IMAGE, examples, example -> Binary.fromConstantByteArray(example.image()));
    parquet.endBlock();
  }

  private void texts(int column, List<Example> examples, Function<Example, String> value)
      throws IOException {
    binaries(column, examples, example -> Binary.fromString(value.apply(example)));
  }

  /** Writes the length of each value before the value. The images aren't copied. */
  private void binaries(int column, List<Example> examples, Function<Example, Binary> value)
      throws IOException {
    Statistics<?> statistics = statistics(column);
    List<BytesInput> page = new ArrayList<>(2 * examples.size());
    for (Example example : examples) {
      Binary binary = value.apply(example);
      statistics.updateStats(binary);
      page.add(BytesInput.fromInt(binary.length()));
      page.add(BytesInput.from(binary.getBytesUnsafe()));
    }

    page(column, examples.size(), page, statistics);
  }

  private void numbers(int column, List<Example> examples, ToIntFunction<Example> value)
      throws IOException {
    Statistics<?> statistics = statistics(column);
    List<BytesInput> page = new ArrayList<>(examples.size());
    for (Example example : examples) {
      statistics.updateStats(value.applyAsInt(example));
      page.add(BytesInput.fromInt(value.applyAsInt(example)));
    }

    page(column, examples.size(), page, statistics);
  }

  private static Statistics<?> statistics(int column) {
    return Statistics.createStats(ShardSchema.SCHEMA.getType(column));
  }

  /**
   * Every column is required and flat, so there are no repetition and definition levels to write.
   */
  private void page(int column, int values, List<BytesInput> page, Statistics<?> statistics)
      throws IOException {
    ColumnDescriptor descriptor = ShardSchema.SCHEMA.getColumns().get(column);
    BytesInput bytes = BytesInput.concat(page);
    parquet.startColumn(descriptor, values, CompressionCodecName.UNCOMPRESSED);
    parquet.writeDataPage(
        values,
        Math.toIntExact(bytes.size()),
        bytes,
        statistics,
        values,
        Encoding.RLE,
        Encoding.RLE,
        Encoding.PLAIN);
    parquet.endColumn();
  }
}
