package convoy.jobs.score;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.example.GroupWriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Uncompressed Parquet, with topK as a list of structs. */
final class ParquetFormat implements RowFormat {
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message score {
            required binary path (STRING);
            optional int32 width;
            optional int32 height;
            optional int32 label;
            optional binary class (STRING);
            optional binary words (STRING);
            optional float probability;
            optional group topK (LIST) {
              repeated group list {
                required group element {
                  required int32 label;
                  optional binary class (STRING);
                  required float probability;
                }
              }
            }
            optional binary error (STRING);
          }
          """);

  @Override
  public String name() {
    return "parquet";
  }

  /** Writes rows in files that name Convoy as their writer. */
  private static final class Rows extends ParquetWriter.Builder<Group, Rows> {
    private Rows(OutputFile file) {
      super(file);
    }

    @Override
    protected Rows self() {
      return this;
    }

    @Override
    protected WriteSupport<Group> getWriteSupport(Configuration configuration) {
      GroupWriteSupport.setSchema(SCHEMA, configuration);
      return new GroupWriteSupport() {
        @Override
        public String getName() {
          return "convoy";
        }
      };
    }
  }

  @Override
  public void write(List<ScoreRow> rows, OutputStream out) throws IOException {
    try (ParquetWriter<Group> writer =
        new Rows(new StreamOutputFile(out))
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .build()) {
      for (ScoreRow row : rows) {
        writer.write(group(row));
      }
    }
  }

  private static Group group(ScoreRow row) {
    SimpleGroup group = new SimpleGroup(SCHEMA);
    group.add("path", row.path());
    add(group, "error", row.error());
    if (row.error() != null) {
      return group;
    }

    group.add("width", row.width());
    group.add("height", row.height());
    group.add("label", row.label());
    add(group, "class", row.className());
    add(group, "words", row.words());
    group.add("probability", row.probability());
    Group topK = group.addGroup("topK");
    for (ScoreRow.Candidate candidate : row.topK()) {
      Group element = topK.addGroup("list").addGroup("element");
      element.add("label", candidate.label());
      add(element, "class", candidate.className());
      element.add("probability", candidate.probability());
    }

    return group;
  }

  private static void add(Group group, String field, String value) {
    if (value != null) {
      group.add(field, value);
    }
  }

  @Override
  public void read(byte[] part, BiConsumer<String, String> pathAndError) throws IOException {
    try (ParquetReader<Group> reader = new Reader(new BytesInputFile(part)).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        boolean failed = row.getFieldRepetitionCount("error") > 0;
        pathAndError.accept(row.getString("path", 0), failed ? row.getString("error", 0) : null);
      }
    }
  }

  private static final class Reader extends ParquetReader.Builder<Group> {
    Reader(InputFile file) {
      super(file);
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new GroupReadSupport();
    }
  }
}
