package convoy.jobs.train.sync;

import java.io.Serializable;
import java.util.Comparator;

/** Slices are reduced one by one, each in the order of the workers. */
record SliceKey(int slice, int worker) implements Comparable<SliceKey>, Serializable {
  private static final Comparator<SliceKey> ORDER =
      Comparator.comparingInt(SliceKey::slice).thenComparingInt(SliceKey::worker);

  @Override
  public int compareTo(SliceKey other) {
    return ORDER.compare(this, other);
  }
}
