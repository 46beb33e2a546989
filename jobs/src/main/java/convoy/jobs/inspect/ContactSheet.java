package convoy.jobs.inspect;

import convoy.data.dataset.Example;
import convoy.data.dataset.Manifest;
import convoy.data.dataset.ShardReader;
import convoy.data.image.Captions;
import convoy.data.image.Picture;
import convoy.data.resample.Resampler;
import convoy.data.source.Item;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A picture of the first training pictures as the network sees them, with the names of their
 * classes. They are decoded, upright, with alpha on white, and cut to the middle square. Shards are
 * shuffled, so these pictures are a fair sample.
 */
final class ContactSheet {
  static final int COLUMNS = 8;
  static final int TILE = 112;
  static final int CAPTION = 16;
  private static final int GAP = 4;
  private static final int MOST = 8 * COLUMNS;

  private ContactSheet() {}

  static Picture of(Configuration configuration, Path dataset, Manifest manifest)
      throws IOException {
    List<Example> examples = examples(configuration, dataset, manifest);
    int rows = (examples.size() + COLUMNS - 1) / COLUMNS;
    int width = COLUMNS * (TILE + GAP) + GAP;
    int height = rows * (TILE + CAPTION + GAP) + GAP;
    byte[] sheet = new byte[3 * width * height];
    Arrays.fill(sheet, (byte) 255);
    for (int i = 0; i < examples.size(); i++) {
      int top = GAP + i / COLUMNS * (TILE + CAPTION + GAP);
      int at = top * width + GAP + i % COLUMNS * (TILE + GAP);
      Picture small = Resampler.shortSide(examples.get(i).picture(), TILE);
      lay(small, (small.width() - TILE) / 2, (small.height() - TILE) / 2, TILE, sheet, at, width);
      Picture caption = Captions.strip(caption(manifest, examples.get(i)), TILE, CAPTION);
      lay(caption, 0, 0, CAPTION, sheet, at + TILE * width, width);
    }

    return new Picture(width, height, 3, sheet);
  }

  private static List<Example> examples(
      Configuration configuration, Path dataset, Manifest manifest) throws IOException {
    List<Example> examples = new ArrayList<>();
    for (Manifest.Shard shard : manifest.splits().get(Item.TRAIN).files()) {
      if (examples.size() >= MOST) {
        break;
      }

      try (ShardReader reader = ShardReader.open(configuration, new Path(dataset, shard.path()))) {
        for (int i = 0; i < shard.rowGroups().size() && examples.size() < MOST; i++) {
          examples.addAll(reader.read(i));
        }
      }
    }

    return examples.subList(0, Math.min(MOST, examples.size()));
  }

  private static String caption(Manifest manifest, Example example) {
    Manifest.ClassEntry entry = manifest.classes().get(example.label());
    String name = entry.words() == null ? entry.name() : entry.words().split(",", 2)[0];
    int letters = TILE / Captions.LETTER;
    return name.length() <= letters ? name : name.substring(0, letters - 2) + "..";
  }

  /** Copies a part that is TILE pixels wide to the sheet. Gray becomes three equal channels. */
  private static void lay(Picture from, int x, int y, int height, byte[] sheet, int at, int width) {
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < TILE; column++) {
        int source = ((y + row) * from.width() + x + column) * from.channels();
        int target = (at + row * width + column) * 3;
        for (int channel = 0; channel < 3; channel++) {
          sheet[target + channel] = from.pixels()[source + (from.channels() == 1 ? 0 : channel)];
        }
      }
    }
  }
}
