package convoy.data.order;

import java.util.List;

/**
 * The order of one epoch: row groups permuted, the sequence cut into one part a worker (sizes
 * differ by at most one), positions permuted inside windows of a few row groups. Any position can
 * be computed without those before it.
 */
public final class EpochOrder {
  private EpochOrder() {}

  /** One example: row group (index over all shards in manifest order) and row inside it. */
  public record Position(int rowGroup, int row) {}

  /** Examples of a worker in an epoch. */
  public static long share(long examples, int workers, int worker) {
    return examples * (worker + 1) / workers - examples * worker / workers;
  }

  /**
   * Positions {@code from} (inclusive) to {@code to} (exclusive) of a worker's share.
   *
   * @param rowGroups examples of each row group, in manifest order
   */
  public static List<Position> positions(
      List<Integer> rowGroups, long seed, int epoch, int workers, int worker, long from, long to) {
    throw new IllegalStateException(
        "comes with order " + rowGroups.size() + seed + epoch + workers + worker + from + to);
  }
}
