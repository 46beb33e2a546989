package convoy.jobs.spark.internal;

import java.util.Comparator;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.ShuffledRDD;
import scala.Option;
import scala.Tuple2;
import scala.math.Ordering$;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Brings pairs together by the partition that their keys name, in the order of the keys. */
public final class SortedShuffle {
  private SortedShuffle() {}

  /**
   * The pairs in the order of their keys. Nothing runs until the result is used.
   *
   * @param partitions number of partitions that are sent and sorted one by one; each key names one
   *     below it
   * @param tasks number of tasks that read them, each neighbouring ones in their order
   */
  public static <K extends ShuffleKey & Comparable<K>, V> JavaRDD<Map.Entry<K, V>> of(
      JavaRDD<Map.Entry<K, V>> pairs,
      int partitions,
      int tasks,
      Class<K> key,
      Class<V> value,
      PairFormat<K, V> format) {
    ClassTag<K> keyTag = ClassTag$.MODULE$.apply(key);
    ClassTag<V> valueTag = ClassTag$.MODULE$.apply(value);
    return new ShuffledRDD<K, V, V>(
            pairs.mapToPair(pair -> new Tuple2<>(pair.getKey(), pair.getValue())).rdd(),
            new KeyPartitioner(partitions),
            keyTag,
            valueTag,
            valueTag)
        .setSerializer(new PairSerializer(format))
        .setKeyOrdering(Ordering$.MODULE$.comparatorToOrdering(Comparator.<K>naturalOrder()))
        .coalesce(tasks, false, Option.apply(new EvenGroups()), null)
        .toJavaRDD()
        .map(pair -> Map.entry(pair._1(), pair._2()));
  }

  /**
   * Removes the files of the shuffles that {@code result} was made of. Spark itself removes them
   * only when the driver's garbage collector finds them unused.
   */
  public static void removeFiles(JavaRDD<?> result) {
    result.rdd().cleanShuffleDependencies(false);
  }
}
