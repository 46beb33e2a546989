package convoy.data.dataset;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** An example as a row of {@link ShardSchema}. */
final class ExampleWriteSupport extends WriteSupport<Example> {
  private RecordConsumer row;

  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(ShardSchema.SCHEMA, Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    this.row = consumer;
  }

  @Override
  public void write(Example example) {
    row.startMessage();
    text(ShardSchema.KEY, example.key());
    number(ShardSchema.LABEL, example.label());
    number(ShardSchema.WIDTH, example.width());
    number(ShardSchema.HEIGHT, example.height());
    number(ShardSchema.CHANNELS, example.channels());
    text(ShardSchema.FORMAT, example.format());
    binary(ShardSchema.IMAGE, Binary.fromConstantByteArray(example.image()));
    row.endMessage();
  }

  private void text(int column, String value) {
    binary(column, Binary.fromString(value));
  }

  private void binary(int column, Binary value) {
    String name = ShardSchema.SCHEMA.getFieldName(column);
    row.startField(name, column);
    row.addBinary(value);
    row.endField(name, column);
  }

  private void number(int column, int value) {
    String name = ShardSchema.SCHEMA.getFieldName(column);
    row.startField(name, column);
    row.addInteger(value);
    row.endField(name, column);
  }
}
