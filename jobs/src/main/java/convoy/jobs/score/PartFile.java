package convoy.jobs.score;

import convoy.data.dataset.Sha256;
import convoy.data.files.Storage;
import convoy.jobs.base.UserException;
import convoy.jobs.spark.HadoopSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Writes and reads whole parts, in a task. */
record PartFile(HadoopSettings hadoop, String format) implements Serializable {
  /** An existing part: its summary, and the paths of the files that have a row in it. */
  record Present(PartSummary summary, ArrayList<String> paths) implements Serializable {}

  String name(int part) {
    return String.format(Locale.ROOT, "part-%05d.%s", part, format);
  }

  /**
   * Writes the rows of a part under a temporary name.
   *
   * @param file path of the temporary file
   * @param name final name of the part
   */
  PartSummary write(List<ScoreRow> rows, String file, String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    RowFormats.format(format).write(rows, bytes);
    byte[] content = bytes.toByteArray();
    Path path = new Path(file);
    FileSystem files = Storage.of(hadoop.configuration(), path);
    if (!files.exists(path.getParent())) { // Creating the file would also create its folder.
      throw ScoreFolder.policy(format).takenOver(path.getParent().getParent());
    }

    try (OutputStream out = files.create(path, true)) {
      out.write(content);
    }

    TreeMap<String, Long> errors = new TreeMap<>();
    for (ScoreRow row : rows) {
      count(row.error(), errors);
    }

    return new PartSummary(name, rows.size(), errors, content.length, sha256(content));
  }

  /**
   * Reads which files have a row.
   *
   * @throws UserException with exit code 3 if it is not a whole part
   */
  Present read(String file) throws IOException {
    Path path = new Path(file);
    byte[] content;
    try (InputStream in = Storage.of(hadoop.configuration(), path).open(path)) {
      content = in.readAllBytes();
    }

    ArrayList<String> paths = new ArrayList<>();
    TreeMap<String, Long> errors = new TreeMap<>();
    try {
      RowFormats.format(format)
          .read(
              content,
              (row, error) -> {
                paths.add(row);
                count(error, errors);
              });
    } catch (IOException | RuntimeException damaged) {
      throw UserException.badData(
          "%s is damaged (%s); delete it, and its files are scored again"
              .formatted(file, damaged.getMessage()));
    }

    return new Present(
        new PartSummary(path.getName(), paths.size(), errors, content.length, sha256(content)),
        paths);
  }

  private static void count(String error, TreeMap<String, Long> errors) {
    if (error != null) {
      errors.merge(ScoreRow.code(error), 1L, Long::sum);
    }
  }

  private static String sha256(byte[] content) {
    MessageDigest digest = Sha256.digest();
    return HexFormat.of().formatHex(digest.digest(content));
  }
}
