package convoy.data.source;

import convoy.data.files.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Reads the four files of MNIST and of datasets in its format (Fashion-MNIST, EMNIST's digits):
 * IDX, plain or packed by gzip. The t10k files are the validation split. Images stay undecoded gray
 * pixels.
 */
final class MnistSource implements Source {
  @Override
  public String name() {
    return "mnist";
  }

  @Override
  public Listing list(ListingTasks tasks, List<Path> inputs) throws IOException {
    Configuration configuration = tasks.configuration();
    if (inputs.size() != 1) {
      throw new SourceException(
          "the source mnist reads one folder, --in names " + inputs.size() + ": " + inputs);
    }

    Path folder = inputs.get(0);
    List<Item> items = new ArrayList<>();
    int classes = add(configuration, folder, "train", Item.TRAIN, items);
    List<String> warnings = new ArrayList<>();
    if (IdxFile.find(configuration, folder, "t10k", IdxFile.IMAGES) == null) {
      warnings.add("no t10k files in " + folder + ": validation is drawn from the training digits");
    } else {
      classes = Math.max(classes, add(configuration, folder, "t10k", Item.VALIDATION, items));
    }

    SortedMap<String, Long> untrained = untrained(items);
    if (!untrained.isEmpty()) {
      warnings.add(Candidates.untrained(untrained));
    }

    items.sort((one, other) -> one.key().compareTo(other.key()));
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    return new Listing(names, Map.of(), items, 0, warnings);
  }

  /** Counts the images of each label that only the validation split has. */
  private static SortedMap<String, Long> untrained(List<Item> items) {
    BitSet trained = new BitSet();
    items.stream()
        .filter(item -> item.split().equals(Item.TRAIN))
        .forEach(item -> trained.set(item.label()));
    TreeMap<String, Long> untrained = new TreeMap<>();
    items.stream()
        .filter(item -> !trained.get(item.label()))
        .forEach(item -> untrained.merge(Integer.toString(item.label()), 1L, Long::sum));
    return untrained;
  }

  /** Adds a pair of files. Returns the number of classes, which is the largest label plus one. */
  private static int add(
      Configuration configuration, Path folder, String part, String split, List<Item> items)
      throws IOException {
    IdxFile images = IdxFile.require(configuration, folder, part, IdxFile.IMAGES);
    IdxFile labels = IdxFile.require(configuration, folder, part, IdxFile.LABELS);
    if (images.count() != labels.count()) {
      throw new SourceException(
          images.path()
              + (" has " + images.count() + " images, " + labels.path())
              + (" has " + labels.count() + " labels"));
    }

    byte[] values = labels.labels(configuration);
    images.requireWhole(configuration);
    int classes = 0;
    String file = images.path().toUri().toString();
    for (int i = 0; i < images.count(); i++) {
      int label = values[i] & 0xff;
      classes = Math.max(classes, label + 1);
      String key = String.format(Locale.ROOT, "%s/%05d", part, i);
      items.add(new Item(key, split, label, images.itemBytes(), file, i));
    }

    if (classes == 0) {
      throw new SourceException(images.path() + " has no images");
    }

    return classes;
  }

  @Override
  public Reader open(Configuration configuration) {
    Map<String, IdxImages> open = new HashMap<>();
    return new Reader() {
      @Override
      public Content read(Item item) throws IOException {
        IdxImages images = open.get(item.file());
        if (images == null) {
          Path path = new Path(java.net.URI.create(item.file()));
          FileSystem files = Storage.of(configuration, path);
          images = IdxImages.open(files, IdxFile.of(files, path));
          open.put(item.file(), images);
        }

        IdxFile file = images.file();
        return new Content(images.read(item.index()), "raw", file.columns(), file.rows(), 1);
      }

      @Override
      public void close() throws IOException {
        for (IdxImages images : open.values()) {
          images.close();
        }
      }
    };
  }
}
