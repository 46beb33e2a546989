package convoy.jobs.prepare;

import convoy.data.dataset.DatasetException;
import convoy.data.dataset.Example;
import convoy.data.dataset.Manifest;
import convoy.data.dataset.Sha256;
import convoy.data.dataset.ShardReader;
import convoy.data.files.Storage;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Shards that an interrupted run has finished. They are kept if their rows match the plan. */
final class FinishedShards {
  private FinishedShards() {}

  static Optional<Manifest.Shard> find(Configuration configuration, Path dataset, ShardPlan plan)
      throws IOException {
    Path path = new Path(dataset, plan.path());
    FileSystem files = Storage.of(configuration, path);
    if (!files.exists(path)) {
      return Optional.empty();
    }

    try (ShardReader shard = ShardReader.open(configuration, path)) {
      if (!holds(shard, plan)) {
        return Optional.empty();
      }

      return Optional.of(
          new Manifest.Shard(
              plan.path(),
              files.getFileStatus(path).getLen(),
              Sha256.of(files, path),
              shard.rowGroups()));
    } catch (DatasetException damaged) {
      return Optional.empty();
    }
  }

  /** Whether the rows match the plan. Every row is read, which also verifies its checksum. */
  private static boolean holds(ShardReader shard, ShardPlan plan) throws IOException {
    if (!shard.rowGroups().equals(plan.rowGroups())) {
      return false;
    }

    Iterator<ShardPlan.Row> planned = plan.rows().iterator();
    for (int rowGroup = 0; rowGroup < shard.rowGroups().size(); rowGroup++) {
      for (Example example : shard.read(rowGroup)) {
        if (!isOf(planned.next(), example)) {
          return false;
        }
      }
    }

    return true;
  }

  private static boolean isOf(ShardPlan.Row row, Example example) {
    return row.item().key().equals(example.key())
        && row.item().label() == example.label()
        && row.width() == example.width()
        && row.height() == example.height()
        && row.channels() == example.channels()
        && row.format().equals(example.format())
        && row.hash().equals(ContentHash.of(example.image()));
  }
}
