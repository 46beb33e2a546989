package convoy.jobs.evaluate;

import convoy.data.dataset.Manifest;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * One row group of a split.
 *
 * @param index over all shards of the split, in manifest order
 * @param shard path of its file, relative to the dataset
 * @param indexInShard its place in that file
 * @param examples rows, as the manifest says
 */
record RowGroup(int index, String shard, int indexInShard, int examples) implements Serializable {
  static List<RowGroup> of(Manifest.Split split) {
    List<RowGroup> rowGroups = new ArrayList<>();
    for (Manifest.Shard shard : split.files()) {
      for (int k = 0; k < shard.rowGroups().size(); k++) {
        rowGroups.add(new RowGroup(rowGroups.size(), shard.path(), k, shard.rowGroups().get(k)));
      }
    }

    return rowGroups;
  }

  /** Neighbours together, in {@code parts} runs at most, as even as their number allows. */
  static List<List<RowGroup>> cut(List<RowGroup> rowGroups, int parts) {
    List<List<RowGroup>> runs = new ArrayList<>();
    int count = Math.min(parts, rowGroups.size());
    for (int k = 0; k < count; k++) {
      int from = (int) ((long) rowGroups.size() * k / count);
      int to = (int) ((long) rowGroups.size() * (k + 1) / count);
      runs.add(new ArrayList<>(rowGroups.subList(from, to)));
    }

    return runs;
  }
}
