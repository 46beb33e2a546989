package convoy.jobs.exchange;

import convoy.jobs.spark.internal.ShuffleKey;
import java.util.Comparator;

/**
 * The key of a slice in the shuffle. Slices are reduced one by one, each in the order of the
 * workers.
 */
record SliceKey(int slice, int worker) implements ShuffleKey, Comparable<SliceKey> {
  private static final Comparator<SliceKey> ORDER =
      Comparator.comparingInt(SliceKey::slice).thenComparingInt(SliceKey::worker);

  @Override
  public int partition() {
    return slice;
  }

  @Override
  public int compareTo(SliceKey other) {
    return ORDER.compare(this, other);
  }
}
