package convoy.jobs.train.sync;

import org.apache.spark.Partitioner;

/** One reducing task a slice; the reports go to the last one. */
final class SlicePartitioner extends Partitioner {
  private static final long serialVersionUID = 1L;
  private final int slices;

  SlicePartitioner(int slices) {
    this.slices = slices;
  }

  @Override
  public int numPartitions() {
    return slices + 1;
  }

  @Override
  public int getPartition(Object key) {
    return ((SliceKey) key).slice();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SlicePartitioner that && that.slices == slices;
  }

  @Override
  public int hashCode() {
    return slices;
  }
}
