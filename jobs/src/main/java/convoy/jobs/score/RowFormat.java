package convoy.jobs.score;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.BiConsumer;

/** A file format of score's parts. Each has a file of its own and a line in {@link RowFormats}. */
interface RowFormat {
  /** The name in {@code --format}, which is also the file extension of the parts. */
  String name();

  /** Writes a whole part. Equal rows give equal bytes. */
  void write(List<ScoreRow> rows, OutputStream out) throws IOException;

  /**
   * Reads which files have a row.
   *
   * @param part bytes of a whole part
   * @param pathAndError called for each row
   */
  void read(byte[] part, BiConsumer<String, String> pathAndError) throws IOException;
}
