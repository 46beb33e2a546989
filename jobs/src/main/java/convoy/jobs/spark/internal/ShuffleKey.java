package convoy.jobs.spark.internal;

import java.io.Serializable;

/** A key of a {@link SortedShuffle}: it says where its pair goes. */
public interface ShuffleKey extends Serializable {
  /** The partition that the pair goes to, from 0. */
  int partition();
}
