package convoy.jobs.prepare;

import convoy.data.source.Item;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Everything that one task needs to write a shard.
 *
 * @param path path of the shard, relative to the dataset
 * @param rowGroupExamples number of examples in a row group
 */
record ShardContent(String path, int rowGroupExamples, List<Row> rows) implements Serializable {
  /**
   * An example of the shard: its item, and the results of the check.
   *
   * @param hash hash of the bytes that the shard stores
   */
  record Row(
      Item item, String format, int width, int height, int channels, int bytes, ContentHash hash)
      implements Serializable {}

  /** Number of examples in each row group, in order. */
  List<Integer> rowGroups() {
    List<Integer> sizes = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += rowGroupExamples) {
      sizes.add(Math.min(rowGroupExamples, rows.size() - from));
    }

    return sizes;
  }

  /** Compresses the content for its way to a task, as its many names are long and alike. */
  private Object writeReplace() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(new DeflaterOutputStream(bytes))) {
      out.writeObject(path);
      out.writeInt(rowGroupExamples);
      out.writeObject(new ArrayList<>(rows));
    }

    return new Packed(bytes.toByteArray());
  }

  @SuppressWarnings("ArrayRecordComponent") // It is only sent, never compared.
  private record Packed(byte[] bytes) implements Serializable {
    @SuppressWarnings("unchecked")
    private Object readResolve() throws IOException, ClassNotFoundException {
      try (ObjectInputStream in =
          new ObjectInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
        String path = (String) in.readObject();
        int rowGroupExamples = in.readInt();
        return new ShardContent(path, rowGroupExamples, (List<Row>) in.readObject());
      }
    }
  }
}
