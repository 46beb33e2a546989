package convoy.data.input;

import convoy.data.dataset.DatasetException;
import convoy.data.dataset.Example;
import convoy.data.dataset.Manifest;
import convoy.data.dataset.ShardReader;
import convoy.data.order.EpochOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The row groups of a split, numbered over all its shards. One thread uses it. The shards of a
 * window stay open, so a footer is read once and not for each row group.
 */
final class RowGroups implements RowGroupReadAhead.Source {
  private final Configuration configuration;
  private final Path dataset;
  private final RowGroupCache cache;
  private final List<Place> places = new ArrayList<>();

  /** The most recently used shard is last. */
  private final Map<Path, ShardReader> open = new LinkedHashMap<>();

  /** The place of a row group, and the number of examples before it in the split. */
  private record Place(Manifest.Shard shard, int number, long firstExample) {}

  RowGroups(Configuration configuration, Path dataset, Manifest.Split split, RowGroupCache cache) {
    this.configuration = configuration;
    this.dataset = dataset;
    this.cache = cache;
    long examples = 0;
    for (Manifest.Shard shard : split.files()) {
      for (int number = 0; number < shard.rowGroups().size(); number++) {
        places.add(new Place(shard, number, examples));
        examples += shard.rowGroups().get(number);
      }
    }
  }

  /**
   * Returns the split of that name.
   *
   * @throws IllegalArgumentException if the dataset has none
   */
  static Manifest.Split split(Manifest manifest, String name) {
    Manifest.Split split = manifest.splits().get(name);
    if (split == null) {
      throw new IllegalArgumentException(
          "the dataset has no split " + name + ", it has " + manifest.splits().keySet());
    }

    return split;
  }

  /** Returns the index of a row group's first example in the split, in manifest order. */
  long firstExample(int rowGroup) {
    return places.get(rowGroup).firstExample;
  }

  /** Reads a row group, or takes it from the cache of this process. */
  @Override
  public List<Example> read(int rowGroup) throws IOException {
    Place place = places.get(rowGroup);
    Path path = new Path(dataset, place.shard.path());
    return cache.get(
        new RowGroupCache.Key(path.toString(), place.shard.sha256(), place.number),
        () -> read(path, place));
  }

  private List<Example> read(Path path, Place place) throws IOException {
    ShardReader shard = open.remove(path);
    if (shard == null) {
      shard = ShardReader.open(configuration, path);
    }

    open.put(path, shard);
    if (!shard.rowGroups().equals(place.shard.rowGroups())) {
      throw new DatasetException(
          path
              + (" has row groups of " + shard.rowGroups())
              + (", the manifest says " + place.shard.rowGroups() + ": prepare again"));
    }

    if (open.size() > EpochOrder.WINDOW_ROW_GROUPS) {
      open.remove(open.keySet().iterator().next()).close();
    }

    return shard.read(place.number);
  }

  @Override
  public void close() throws IOException {
    for (ShardReader shard : open.values()) {
      shard.close();
    }

    open.clear();
  }
}
