package convoy.data.order;

/**
 * Computes seeds as pure functions of a place in a run, so that a task that is retried, moved or
 * resumed draws the same numbers. Each use has its own tag, so two uses never share a stream.
 */
public final class Seeds {
  private static final long ROUND = 1;
  private static final long EXAMPLE = 2;
  private static final long ROW_GROUPS = 3;
  private static final long WINDOW = 4;
  private static final long CLASS = 5;
  private static final long SHARD = 6;
  private static final long WIRE = 7;

  private Seeds() {}

  /** Returns the seed of a worker's dropout in one round. */
  public static long ofRound(long seed, int epoch, int round, int worker) {
    return of(seed, ROUND, epoch, round, worker);
  }

  /** Returns the seed by which a worker rounds what it sends in one round of the run. */
  public static long ofWire(long seed, int round, int worker) {
    return of(seed, WIRE, round, worker);
  }

  /**
   * Returns the seed of an example's augmentation in one epoch. It is the same for any worker.
   *
   * @param index of the example in its split, in manifest order
   */
  public static long ofExample(long seed, int epoch, long index) {
    return of(seed, EXAMPLE, epoch, index);
  }

  static long ofRowGroups(long seed, int epoch) {
    return of(seed, ROW_GROUPS, epoch);
  }

  static long ofWindow(long seed, int epoch, long start) {
    return of(seed, WINDOW, epoch, start);
  }

  static long ofClass(long seed, int label) {
    return of(seed, CLASS, label);
  }

  static long ofShard(long seed, int shard) {
    return of(seed, SHARD, shard);
  }

  private static long of(long seed, long... values) {
    long state = SplitMix64.mix(seed + SplitMix64.GOLDEN_GAMMA);
    for (long value : values) {
      state = SplitMix64.mix((state ^ value) + SplitMix64.GOLDEN_GAMMA);
    }

    return state;
  }
}
