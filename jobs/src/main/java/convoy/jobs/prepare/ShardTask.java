package convoy.jobs.prepare;

import convoy.data.dataset.Example;
import convoy.data.dataset.Manifest;
import convoy.data.dataset.ShardWriter;
import convoy.data.image.BadPictureException;
import convoy.data.image.PictureMemoryException;
import convoy.data.source.Content;
import convoy.data.source.Source;
import convoy.data.source.Sources;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Writes one shard. It reads the bytes of its items again, in the order of the shard. */
final class ShardTask {
  private ShardTask() {}

  /**
   * Writes the shard, unless an interrupted run has finished it. It is safe to run this again, and
   * twice at the same time.
   *
   * @param attempt a name that no other attempt has
   */
  static Manifest.Shard write(
      Configuration configuration,
      String source,
      int shortSide,
      Path dataset,
      ShardContent content,
      String attempt)
      throws IOException {
    Optional<Manifest.Shard> finished = FinishedShards.find(configuration, dataset, content);
    if (finished.isPresent()) {
      return finished.get();
    }

    try (Source.Reader reader = Sources.named(source).orElseThrow().open(configuration);
        ShardWriter writer =
            ShardWriter.create(
                configuration, dataset, content.path(), content.rowGroupExamples(), attempt)) {
      for (ShardContent.Row row : content.rows()) {
        writer.add(example(reader, row, shortSide));
      }

      return writer.finish();
    }
  }

  private static Example example(Source.Reader reader, ShardContent.Row row, int shortSide)
      throws IOException {
    byte[] bytes;
    try {
      Content content = reader.read(row.item());
      bytes =
          shortSide == StoredPicture.AS_IT_CAME
              ? content.bytes()
              : StoredPicture.of(content, shortSide).bytes();
    } catch (BadPictureException gone) {
      PictureMemoryException.throwIfOutOfMemory(row.item().key(), gone);
      throw changed(row, gone);
    }

    if (!ContentHash.of(bytes).equals(row.hash())) {
      throw changed(row, null);
    }

    return new Example(
        row.item().key(),
        row.item().label(),
        row.width(),
        row.height(),
        row.channels(),
        row.format(),
        bytes);
  }

  private static UserException changed(ShardContent.Row row, BadPictureException gone) {
    return new UserException(
        ExitCode.BAD_DATA,
        "%s changed while it was prepared: leave the inputs as they are and run prepare again"
            .formatted(row.item().file()),
        gone);
  }
}
