package convoy.jobs.prepare;

import convoy.data.source.Item;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Items that one task checks.
 *
 * @param first index of the first item in the listing
 */
record ItemBatch(int first, List<Item> items) implements Serializable {
  /** Cuts a listing into about {@code batches} parts; what they give doesn't depend on it. */
  static List<ItemBatch> cut(List<Item> items, int batches) {
    List<ItemBatch> cut = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      int from = (int) ((long) items.size() * i / batches);
      int to = (int) ((long) items.size() * (i + 1) / batches);
      if (to > from) {
        cut.add(new ItemBatch(from, new ArrayList<>(items.subList(from, to))));
      }
    }

    return cut;
  }
}
