package convoy.jobs.spark.internal;

import org.apache.spark.rdd.PartitionCoalescer;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.rdd.RDD;
import scala.Option;

/** Gives each task neighbouring partitions, as many as any other task. */
final class EvenGroups implements PartitionCoalescer, scala.Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public PartitionGroup[] coalesce(int groups, RDD<?> partitions) {
    int count = partitions.partitions().length;
    PartitionGroup[] made = new PartitionGroup[Math.min(groups, count)];
    for (int group = 0; group < made.length; group++) {
      made[group] = new PartitionGroup(Option.empty());
      int end = end(group, made.length, count);
      for (int i = group == 0 ? 0 : end(group - 1, made.length, count); i < end; i++) {
        made[group].partitions().$plus$eq(partitions.partitions()[i]);
      }
    }

    return made;
  }

  private static int end(int group, int groups, int count) {
    return Math.toIntExact((group + 1L) * count / groups);
  }
}
