package convoy.jobs.spark.internal;

import java.io.Serializable;

/** A key of a {@link SortedShuffle}, which names the partition of its pair. */
public interface ShuffleKey extends Serializable {
  /** The partition that the pair goes to, from 0. */
  int partition();
}
