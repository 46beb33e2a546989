package convoy.data.dataset;

import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;

/** Turns a row of {@link ShardSchema} into an example. */
final class ExampleMaterializer extends RecordMaterializer<Example> {
  private final Row row = new Row();

  @Override
  public Example getCurrentRecord() {
    return new Example(
        row.text(ShardSchema.KEY),
        row.numbers[ShardSchema.LABEL],
        row.numbers[ShardSchema.WIDTH],
        row.numbers[ShardSchema.HEIGHT],
        row.numbers[ShardSchema.CHANNELS],
        row.text(ShardSchema.FORMAT),
        row.binaries[ShardSchema.IMAGE].getBytes());
  }

  @Override
  public GroupConverter getRootConverter() {
    return row;
  }

  private static final class Row extends GroupConverter {
    private final int[] numbers = new int[ShardSchema.IMAGE + 1];
    private final Binary[] binaries = new Binary[ShardSchema.IMAGE + 1];

    String text(int column) {
      return binaries[column].toStringUsingUTF8();
    }

    @Override
    public Converter getConverter(int column) {
      return new PrimitiveConverter() {
        @Override
        public void addInt(int value) {
          numbers[column] = value;
        }

        @Override
        public void addBinary(Binary value) {
          binaries[column] = value;
        }
      };
    }

    @Override
    public void start() {
      // Every column is required, so each row overwrites all values of the row before it.
    }

    @Override
    public void end() {
      // Parquet takes the finished row from getCurrentRecord.
    }
  }
}
