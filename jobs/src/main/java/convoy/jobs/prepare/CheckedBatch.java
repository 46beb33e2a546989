package convoy.jobs.prepare;

import convoy.data.dataset.PixelSums;
import java.io.Serializable;
import java.util.BitSet;
import java.util.List;

/**
 * The results of the check of one batch.
 *
 * @param first index of the first item in the listing
 * @param checkedBefore whether an earlier run has made the check
 */
record CheckedBatch(int first, List<Checked> items, boolean checkedBefore) implements Serializable {
  CheckedBatch withoutSums() {
    return new CheckedBatch(
        first, items.stream().map(Checked::withoutSums).toList(), checkedBefore);
  }

  /** The pixel sums of the items whose index in the listing is in {@code wanted}. */
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
