package convoy.jobs.inspect;

import convoy.data.dataset.DatasetException;
import convoy.data.dataset.Example;
import convoy.data.dataset.Manifest;
import convoy.data.dataset.Sha256;
import convoy.data.dataset.ShardReader;
import convoy.data.files.Storage;
import convoy.jobs.prepare.ContentHash;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The result of a task about one shard.
 *
 * @param summary sums over the rows, or null if there is a problem
 * @param rows one row for each example, for the executors; the driver gets none
 * @param problem how the shard differs from the manifest, or null
 */
record ShardFacts(String path, ShardSummary summary, List<Row> rows, String problem)
    implements Serializable {
  /** The values by which equal pictures are found. */
  record Row(int label, ContentHash hash) implements Serializable {}

  /**
   * Reads a shard row by row.
   *
   * @param classes number of classes in the dataset
   * @param verify whether the file must have the manifest's hash
   */
  static ShardFacts of(
      Configuration configuration, Path dataset, Manifest.Shard shard, int classes, boolean verify)
      throws IOException {
    ShardSummary summary = new ShardSummary(classes);
    List<Row> rows = new ArrayList<>();
    Path path = new Path(dataset, shard.path());
    try (ShardReader reader = ShardReader.open(configuration, path)) {
      if (!reader.rowGroups().equals(shard.rowGroups())) {
        return problem(shard, "has other row groups than the manifest says");
      }

      for (int rowGroup = 0; rowGroup < shard.rowGroups().size(); rowGroup++) {
        for (Example example : reader.read(rowGroup)) {
          if (example.label() < 0 || example.label() >= classes) {
            return problem(
                shard,
                "%s has label %d, there are %d classes"
                    .formatted(example.key(), example.label(), classes));
          }

          summary.add(example);
          rows.add(new Row(example.label(), ContentHash.of(example.image())));
        }
      }
    } catch (DatasetException damaged) {
      return problem(shard, damaged.getMessage());
    }

    return verify && !Sha256.of(Storage.of(configuration, path), path).equals(shard.sha256())
        ? problem(shard, "has another SHA-256 than the manifest says")
        : new ShardFacts(shard.path(), summary, rows, null);
  }

  private static ShardFacts problem(Manifest.Shard shard, String problem) {
    return new ShardFacts(shard.path(), null, List.of(), problem);
  }

  /** The split of the shard: train or val. */
  String split() {
    return path.substring(0, path.indexOf('/'));
  }

  ShardFacts withoutRows() {
    return new ShardFacts(path, summary, List.of(), problem);
  }
}
