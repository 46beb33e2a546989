package convoy.data.dataset;

import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** The columns of a shard, plain Parquet that Spark and pyarrow read. */
final class ShardSchema {
  static final int KEY = 0;
  static final int LABEL = 1;
  static final int WIDTH = 2;
  static final int HEIGHT = 3;
  static final int CHANNELS = 4;
  static final int FORMAT = 5;
  static final int IMAGE = 6;

  static final MessageType SCHEMA =
      Types.buildMessage()
          .required(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named("key")
          .required(PrimitiveTypeName.INT32)
          .named("label")
          .required(PrimitiveTypeName.INT32)
          .named("width")
          .required(PrimitiveTypeName.INT32)
          .named("height")
          .required(PrimitiveTypeName.INT32)
          .named("channels")
          .required(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named("format")
          .required(PrimitiveTypeName.BINARY)
          .named("image")
          .named("example");

  private ShardSchema() {}
}
