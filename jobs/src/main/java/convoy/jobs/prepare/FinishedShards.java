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

/**
 * Shards that an interrupted run has finished. They are kept if they hold the content that they
 * should.
 */
final class FinishedShards {
  private FinishedShards() {}

  static Optional<Manifest.Shard> find(
      Configuration configuration, Path dataset, ShardContent content) throws IOException {
    Path path = new Path(dataset, content.path());
    FileSystem files = Storage.of(configuration, path);
    if (!files.exists(path)) {
      return Optional.empty();
    }

    try (ShardReader shard = ShardReader.open(configuration, path)) {
      if (!holds(shard, content)) {
        return Optional.empty();
      }

      return Optional.of(
          new Manifest.Shard(
              content.path(),
              files.getFileStatus(path).getLen(),
              Sha256.of(files, path),
              shard.rowGroups()));
    } catch (DatasetException damaged) {
      return Optional.empty();
    }
  }

  /**
   * Whether the shard has exactly these rows. Every row is read, which also verifies its checksum.
   */
  private static boolean holds(ShardReader shard, ShardContent content) throws IOException {
    if (!shard.rowGroups().equals(content.rowGroups())) {
      return false;
    }

    Iterator<ShardContent.Row> planned = content.rows().iterator();
    for (int rowGroup = 0; rowGroup < shard.rowGroups().size(); rowGroup++) {
      for (Example example : shard.read(rowGroup)) {
        if (!isOf(planned.next(), example)) {
          return false;
        }
      }
    }

    return true;
  }

  private static boolean isOf(ShardContent.Row row, Example example) {
    return row.item().key().equals(example.key())
        && row.item().label() == example.label()
        && row.width() == example.width()
        && row.height() == example.height()
        && row.channels() == example.channels()
        && row.format().equals(example.format())
        && row.hash().equals(ContentHash.of(example.image()));
  }
}
