package convoy.data.dataset;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * Gives the encodings in a footer a fixed order. Parquet lists a column's encodings in the order of
 * a hash set of enums, which is different in each process, so the same rows would give different
 * bytes.
 */
final class ShardFooter {
  /** The footer's length and the magic word. */
  private static final int END_BYTES = 8;

  private ShardFooter() {}

  /**
   * Sorts the encodings in the footer.
   *
   * @param tail the end of a Parquet file, with its whole footer
   * @return the tail, with the same length
   */
  static byte[] sorted(byte[] tail) throws IOException {
    int length = length(tail);
    int start = tail.length - END_BYTES - length;
    FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(tail, start, length));
    for (RowGroup rowGroup : footer.getRow_groups()) {
      for (ColumnChunk column : rowGroup.getColumns()) {
        Collections.sort(column.getMeta_data().getEncodings());
      }
    }

    ByteArrayOutputStream sorted = new ByteArrayOutputStream(length);
    Util.writeFileMetaData(footer, sorted);
    if (sorted.size() != length) {
      throw new IllegalStateException("the footer has " + sorted.size() + " bytes, not " + length);
    }

    System.arraycopy(sorted.toByteArray(), 0, tail, start, length);
    return tail;
  }

  private static int length(byte[] tail) {
    return ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(tail.length - END_BYTES);
  }
}
