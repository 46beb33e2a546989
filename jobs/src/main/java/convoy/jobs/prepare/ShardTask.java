package convoy.jobs.prepare;

import convoy.data.dataset.Example;
import convoy.data.dataset.Manifest;
import convoy.data.dataset.ShardWriter;
import convoy.data.image.BadPictureException;
import convoy.data.source.Content;
import convoy.data.source.Source;
import convoy.data.source.Sources;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Writes one shard from its items' bytes, read again in the shard's order. */
final class ShardTask {
  private ShardTask() {}

  /**
   * Safe to run again, and twice at once.
   *
   * @param attempt unlike that of any other attempt
   */
  static Manifest.Shard write(
      Configuration configuration, String source, Path dataset, ShardPlan plan, String attempt)
      throws IOException {
    try (Source.Reader reader = Sources.named(source).orElseThrow().open(configuration);
        ShardWriter writer =
            ShardWriter.create(
                configuration, dataset, plan.path(), plan.rowGroupExamples(), attempt)) {
      for (ShardPlan.Row row : plan.rows()) {
        writer.add(example(reader, row));
      }

      return writer.finish();
    }
  }

  private static Example example(Source.Reader reader, ShardPlan.Row row) throws IOException {
    Content content;
    try {
      content = reader.read(row.item());
    } catch (BadPictureException gone) {
      throw new IOException(
          row.item().file() + " could be read and can't any more: " + gone.getMessage(), gone);
    }

    if (content.bytes().length != row.bytes()) {
      throw new IOException(
          row.item().file()
              + (" changed while it was prepared, from " + row.bytes())
              + (" to " + content.bytes().length + " bytes"));
    }

    return new Example(
        row.item().key(),
        row.item().label(),
        row.width(),
        row.height(),
        row.channels(),
        row.format(),
        content.bytes());
  }
}
