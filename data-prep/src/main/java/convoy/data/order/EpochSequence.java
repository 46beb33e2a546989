package convoy.data.order;

import java.util.Arrays;
import java.util.List;

/**
 * The permuted row groups of an epoch, one after the other. They are not yet cut into parts or
 * mixed.
 */
final class EpochSequence {
  private final int[] order;

  /**
   * starts[i] is the number of examples before the i-th row group of the sequence. One more entry
   * marks the end.
   */
  private final long[] starts;

  private EpochSequence(int[] order, long[] starts) {
    this.order = order;
    this.starts = starts;
  }

  /** Examples {@code start} (inclusive) to {@code end} (exclusive) of the sequence. */
  record Window(long start, long end) {
    int size() {
      return Math.toIntExact(end - start);
    }
  }

  static EpochSequence of(List<Integer> rowGroups, long seed) {
    int[] order = SplitMix64.permutation(rowGroups.size(), seed);
    long[] starts = new long[order.length + 1];
    for (int i = 0; i < order.length; i++) {
      int examples = rowGroups.get(order[i]);
      if (examples < 1) {
        throw new IllegalArgumentException(
            "row group " + order[i] + " has " + examples + " examples");
      }

      starts[i + 1] = starts[i] + examples;
    }

    return new EpochSequence(order, starts);
  }

  long examples() {
    return starts[order.length];
  }

  /**
   * Returns the window that holds {@code at}. Windows are counted from the part's own first row
   * group.
   */
  Window window(long at, long partStart, long partEnd) {
    int first = slot(partStart);
    int windowFirst =
        first + (slot(at) - first) / EpochOrder.WINDOW_ROW_GROUPS * EpochOrder.WINDOW_ROW_GROUPS;
    int windowEnd = Math.min(windowFirst + EpochOrder.WINDOW_ROW_GROUPS, order.length);
    return new Window(
        Math.max(partStart, starts[windowFirst]), Math.min(partEnd, starts[windowEnd]));
  }

  EpochOrder.Position position(long at) {
    int slot = slot(at);
    return new EpochOrder.Position(order[slot], (int) (at - starts[slot]));
  }

  private int slot(long at) {
    int found = Arrays.binarySearch(starts, at);
    return found >= 0 ? found : -found - 2;
  }
}
