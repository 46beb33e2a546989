package convoy.data.order;

import java.util.ArrayList;
import java.util.List;

/**
 * The order of one epoch. Row groups are permuted, this sequence is cut into one part for each
 * worker (sizes differ by at most one), and positions are permuted inside windows of a few row
 * groups. Any position can be computed without those before it.
 *
 * <p>Shards are shuffled when they are written. So even a small window leaves no trace of the
 * stored order, and a reader holds no more than one window.
 */
public final class EpochOrder {
  /** Row groups of a window. The first and the last window of a worker's part may be smaller. */
  public static final int WINDOW_ROW_GROUPS = 4;

  private EpochOrder() {}

  /**
   * The place of one example: its row group (index over all shards in manifest order) and its row
   * there.
   */
  public record Position(int rowGroup, int row) {}

  /**
   * Returns positions {@code from} (inclusive) to {@code to} (exclusive) of a worker's share.
   *
   * @param rowGroups examples of each row group, in manifest order
   * @throws IllegalArgumentException if the range isn't inside the worker's share
   */
  public static List<Position> positions(
      List<Integer> rowGroups, long seed, int epoch, int workers, int worker, long from, long to) {
    EpochSequence sequence = EpochSequence.of(rowGroups, Seeds.ofRowGroups(seed, epoch));
    EvenParts shares = new EvenParts(sequence.examples(), workers);
    long share = shares.size(worker);
    if (from < 0 || from > to || to > share) {
      throw new IllegalArgumentException(
          "positions " + from + " to " + to + " of worker " + worker + " aren't in 0 to " + share);
    }

    long start = shares.start(worker);
    long end = start + share;
    List<Position> positions = new ArrayList<>((int) (to - from));
    long at = start + from;
    while (at < start + to) {
      EpochSequence.Window window = sequence.window(at, start, end);
      int[] order =
          SplitMix64.permutation(window.size(), Seeds.ofWindow(seed, epoch, window.start()));
      long stop = Math.min(start + to, window.end());
      for (; at < stop; at++) {
        positions.add(sequence.position(window.start() + order[(int) (at - window.start())]));
      }
    }

    return positions;
  }
}
