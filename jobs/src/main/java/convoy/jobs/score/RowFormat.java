package convoy.jobs.score;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.BiConsumer;

/** A file format of score's parts. One file each and one line in {@link RowFormats}. */
interface RowFormat {
  /** As in {@code --format}; also the extension of the parts. */
  String name();

  /** Writes a whole part; equal rows give equal bytes. */
  void write(List<ScoreRow> rows, OutputStream out) throws IOException;

  /**
   * Reads back which files have a row.
   *
   * @param part a whole part
   * @param pathAndError called for each row
   */
  void read(byte[] part, BiConsumer<String, String> pathAndError) throws IOException;
}
