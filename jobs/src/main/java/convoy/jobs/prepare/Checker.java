package convoy.jobs.prepare;

import convoy.data.dataset.PixelSums;
import convoy.data.image.BadPictureException;
import convoy.data.image.Decoder;
import convoy.data.image.Picture;
import convoy.data.image.PictureMemoryException;
import convoy.data.source.Content;
import convoy.data.source.Item;
import convoy.data.source.Source;
import convoy.data.source.Sources;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Checks items in a task. Each is read and decoded once; only sums of its pixels are kept. */
final class Checker {
  private Checker() {}

  static List<Checked> check(
      Configuration configuration, String source, int shortSide, ItemBatch batch)
      throws IOException {
    List<Checked> checked = new ArrayList<>(batch.items().size());
    try (Source.Reader reader = Sources.named(source).orElseThrow().open(configuration)) {
      for (Item item : batch.items()) {
        checked.add(check(reader, item, shortSide));
      }
    }

    return checked;
  }

  private static Checked check(Source.Reader reader, Item item, int shortSide) throws IOException {
    Content content;
    try {
      content = reader.read(item);
    } catch (BadPictureException unreadable) {
      return Checked.rejected(null, unreadable);
    }

    String format = content.format();
    try {
      format = format == null ? Decoder.format(content.bytes()) : format;
      return good(StoredPicture.of(content, shortSide), ContentHash.of(content.bytes()));
    } catch (BadPictureException bad) {
      // The heap must not decide which pictures a dataset has.
      PictureMemoryException.throwIfOutOfMemory(item.key(), bad);
      return Checked.rejected(format, bad);
    }
  }

  private static Checked good(StoredPicture stored, ContentHash hash) {
    Picture picture = stored.picture();
    return new Checked(
        stored.format(),
        picture.width(),
        picture.height(),
        picture.channels(),
        stored.bytes().length,
        null,
        null,
        hash,
        stored.hash(hash),
        PixelSums.of(picture));
  }
}
