package convoy.jobs.prepare;

import convoy.data.dataset.PixelSums;
import java.io.Serializable;
import java.util.BitSet;
import java.util.List;

/**
 * What the check found of the items of one batch.
 *
 * @param first index of the first item in the listing
 * @param checkedBefore whether a run before this one found it
 */
record CheckedBatch(int first, List<Checked> items, boolean checkedBefore) implements Serializable {
  CheckedBatch withoutSums() {
    return new CheckedBatch(
        first, items.stream().map(Checked::withoutSums).toList(), checkedBefore);
  }

  /** Of the pixels of the items in {@code wanted}. */
  PixelSums sums(BitSet wanted) {
    PixelSums sums = new PixelSums();
    for (int i = 0; i < items.size(); i++) {
      if (wanted.get(first + i)) {
        sums.add(items.get(i).sums());
      }
    }

    return sums;
  }
}
