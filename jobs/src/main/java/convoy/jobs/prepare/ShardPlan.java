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
 * A shard before it is written: what one task needs to write it.
 *
 * @param path relative to the dataset
 * @param rowGroupExamples examples of a row group
 */
record ShardPlan(String path, int rowGroupExamples, List<Row> rows) implements Serializable {
  /**
   * One example to be: the item, and what the check found.
   *
   * @param hash of the bytes as they are kept
   */
  record Row(
      Item item, String format, int width, int height, int channels, int bytes, ContentHash hash)
      implements Serializable {}

  /** Examples of each row group, in order. */
  List<Integer> rowGroups() {
    List<Integer> sizes = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += rowGroupExamples) {
      sizes.add(Math.min(rowGroupExamples, rows.size() - from));
    }

    return sizes;
  }

  /** Travels packed: names are long and alike, and a shard of small pictures has many of them. */
  private Object writeReplace() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(new DeflaterOutputStream(bytes))) {
      out.writeObject(path);
      out.writeInt(rowGroupExamples);
      out.writeObject(new ArrayList<>(rows));
    }

    return new Packed(bytes.toByteArray());
  }

  @SuppressWarnings("ArrayRecordComponent") // Only travels; never compared.
  private record Packed(byte[] bytes) implements Serializable {
    @SuppressWarnings("unchecked")
    private Object readResolve() throws IOException, ClassNotFoundException {
      try (ObjectInputStream in =
          new ObjectInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
        String path = (String) in.readObject();
        int rowGroupExamples = in.readInt();
        return new ShardPlan(path, rowGroupExamples, (List<Row>) in.readObject());
      }
    }
  }
}
