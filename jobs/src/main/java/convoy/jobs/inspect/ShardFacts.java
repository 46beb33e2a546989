package convoy.jobs.inspect;

import convoy.data.dataset.DatasetException;
import convoy.data.dataset.Example;
import convoy.data.dataset.Manifest;
import convoy.data.dataset.Sha256;
import convoy.data.dataset.ShardReader;
import convoy.jobs.prepare.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What a task finds in one shard.
 *
 * @param rows one of each example
 * @param problem why the shard isn't what the manifest says, or null
 */
record ShardFacts(String path, List<Row> rows, String problem) implements Serializable {
  /** An example without its bytes. */
  record Row(String key, int label, int width, int height, String format, ContentHash hash)
      implements Serializable {}

  /**
   * Reads a shard row by row.
   *
   * @param verify whether its file must have the manifest's hash
   */
  static ShardFacts of(
      Configuration configuration, Path dataset, Manifest.Shard shard, boolean verify)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    Path path = new Path(dataset, shard.path());
    try (ShardReader reader = ShardReader.open(configuration, path)) {
      if (!reader.rowGroups().equals(shard.rowGroups())) {
        return new ShardFacts(shard.path(), rows, "has other row groups than the manifest says");
      }

      for (int rowGroup = 0; rowGroup < shard.rowGroups().size(); rowGroup++) {
        for (Example example : reader.read(rowGroup)) {
          rows.add(row(example));
        }
      }
    } catch (DatasetException damaged) {
      return new ShardFacts(shard.path(), rows, damaged.getMessage());
    }

    boolean same = !verify || sha256(configuration, path).equals(shard.sha256());
    return new ShardFacts(
        shard.path(), rows, same ? null : "has another SHA-256 than the manifest says");
  }

  private static Row row(Example example) {
    return new Row(
        example.key(),
        example.label(),
        example.width(),
        example.height(),
        example.format(),
        ContentHash.of(example.image()));
  }

  private static String sha256(Configuration configuration, Path path) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (InputStream in =
        new DigestInputStream(path.getFileSystem(configuration).open(path), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }

    return Sha256.hex(digest);
  }
}
