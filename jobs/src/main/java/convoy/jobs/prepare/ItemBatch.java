package convoy.jobs.prepare;

import convoy.data.source.Item;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Items that one task checks.
 *
 * @param number number of the batch, from 0
 * @param first index of the first item in the listing
 */
record ItemBatch(int number, int first, List<Item> items) implements Serializable {
  /** So few that a lost task costs little, and so many that storing their results costs little. */
  static final int MOST = 1000;

  private static final int FEWEST = 100;

  /** Small listings give at least this many tasks. */
  private static final int BATCHES = 64;

  /** Cuts a listing into batches that are the same for any number of executors. */
  static List<ItemBatch> cut(List<Item> items) {
    return cut(items, Math.max(FEWEST, Math.min(MOST, items.size() / BATCHES)));
  }

  /** Cuts a listing into batches of {@code size} items. */
  static List<ItemBatch> cut(List<Item> items, int size) {
    List<ItemBatch> cut = new ArrayList<>();
    for (int from = 0; from < items.size(); from += size) {
      int to = Math.min(from + size, items.size());
      cut.add(new ItemBatch(cut.size(), from, new ArrayList<>(items.subList(from, to))));
    }

    return cut;
  }
}
