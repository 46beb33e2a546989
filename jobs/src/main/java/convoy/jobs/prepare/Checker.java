package convoy.jobs.prepare;

import convoy.data.dataset.PixelSums;
import convoy.data.image.BadPictureException;
import convoy.data.image.Decoder;
import convoy.data.image.Picture;
import convoy.data.source.Content;
import convoy.data.source.Item;
import convoy.data.source.Source;
import convoy.data.source.Sources;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** The check of a task: each item is read and decoded once; its pixels are counted, not kept. */
final class Checker {
  private Checker() {}

  static List<Checked> check(Configuration configuration, String source, ItemBatch batch)
      throws IOException {
    List<Checked> checked = new ArrayList<>(batch.items().size());
    try (Source.Reader reader = Sources.named(source).orElseThrow().open(configuration)) {
      for (Item item : batch.items()) {
        checked.add(check(reader, item));
      }
    }

    return checked;
  }

  private static Checked check(Source.Reader reader, Item item) throws IOException {
    Content content;
    try {
      content = reader.read(item);
    } catch (BadPictureException unreadable) {
      return Checked.rejected(null, unreadable.code());
    }

    if (content.format() != null) {
      return good(
          content.format(),
          content.bytes().length,
          new Picture(content.width(), content.height(), content.channels(), content.bytes()));
    }

    String format = null;
    try {
      format = Decoder.header(content.bytes()).format();
      return good(format, content.bytes().length, Decoder.decode(content.bytes()));
    } catch (BadPictureException bad) {
      return Checked.rejected(format, bad.code());
    }
  }

  private static Checked good(String format, int bytes, Picture picture) {
    return new Checked(
        format,
        picture.width(),
        picture.height(),
        picture.channels(),
        bytes,
        null,
        PixelSums.of(picture));
  }
}
