package convoy.jobs.spark.internal;

import org.apache.spark.Partitioner;

/** Sends each pair where its {@link ShuffleKey} says. */
final class KeyPartitioner extends Partitioner {
  private static final long serialVersionUID = 1L;
  private final int partitions;

  KeyPartitioner(int partitions) {
    this.partitions = partitions;
  }

  @Override
  public int numPartitions() {
    return partitions;
  }

  @Override
  public int getPartition(Object key) {
    return ((ShuffleKey) key).partition();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyPartitioner that && that.partitions == partitions;
  }

  @Override
  public int hashCode() {
    return partitions;
  }
}
