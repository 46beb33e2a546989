package convoy.jobs.spark.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.ShuffledRDD;
import scala.Option;
import scala.Tuple2;
import scala.math.Ordering$;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Brings pairs together by the partition that their keys name. */
public final class SortedShuffle {
  private SortedShuffle() {}

  /**
   * The pairs of each partition in the order of their keys. Nothing runs until the result is used,
   * and a partition is fetched as it is asked for.
   *
   * @param partitions number of partitions that are sent and sorted one by one; each key names one
   *     below it
   * @param tasks number of tasks that read them, each neighbouring ones in their order
   */
  public static <K extends ShuffleKey & Comparable<K>, V> JavaRDD<List<Map.Entry<K, V>>> of(
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
        .toJavaRDD()
        .mapPartitions(SortedShuffle::together)
        .rdd()
        .coalesce(tasks, false, Option.apply(new EvenGroups()), null)
        .toJavaRDD();
  }

  /** One list of all pairs. Spark has them in memory at this time, as it has sorted them. */
  private static <K, V> Iterator<List<Map.Entry<K, V>>> together(Iterator<Tuple2<K, V>> pairs) {
    List<Map.Entry<K, V>> all = new ArrayList<>();
    pairs.forEachRemaining(pair -> all.add(Map.entry(pair._1(), pair._2())));
    return List.of(all).iterator();
  }

  /**
   * Removes the files of the shuffles that {@code result} was made of. Spark itself removes them
   * only when the driver's garbage collector finds them unused.
   */
  public static void removeFiles(JavaRDD<?> result) {
    result.rdd().cleanShuffleDependencies(false);
  }
}
