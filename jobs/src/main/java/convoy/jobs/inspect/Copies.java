package convoy.jobs.inspect;

import convoy.jobs.prepare.ContentHash;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;

/**
 * The places of one content.
 *
 * @param split split of one of the copies
 * @param label label of one of the copies
 */
record Copies(String split, int label, boolean inSplits, boolean inClasses, boolean several)
    implements Serializable {
  private static final String IN_CLASSES = "inClasses";
  private static final String IN_SPLITS = "inSplits";
  private static final String IN_CLASS = "inClass";

  private record Found(ContentHash hash, Copies copies) implements Serializable {}

  /** Counts repeated contents by the kind of repetition. The executors compare the rows. */
  static Map<String, Long> count(JavaRDD<ShardFacts> shards) {
    Map<String, Long> counts = new TreeMap<>();
    List.of(IN_CLASSES, IN_SPLITS, IN_CLASS).forEach(where -> counts.put(where, 0L));
    counts.putAll(
        shards
            .flatMap(
                shard ->
                    shard.rows().stream()
                        .map(row -> new Found(row.hash(), one(shard.split(), row.label())))
                        .iterator())
            .keyBy(Found::hash)
            .mapValues(Found::copies)
            .reduceByKey(Copies::and)
            .values()
            .flatMap(copies -> copies.places().iterator())
            .countByValue());
    return counts;
  }

  static Copies one(String split, int label) {
    return new Copies(split, label, false, false, false);
  }

  /** Merges two places. The order changes only which copy gives split and label. */
  Copies and(Copies other) {
    return new Copies(
        split,
        label,
        inSplits || other.inSplits || !split.equals(other.split),
        inClasses || other.inClasses || label != other.label,
        true);
  }

  private List<String> places() {
    List<String> places = new ArrayList<>();
    if (inClasses) {
      places.add(IN_CLASSES);
    }

    if (inSplits) {
      places.add(IN_SPLITS);
    }

    if (several && places.isEmpty()) {
      places.add(IN_CLASS);
    }

    return places;
  }
}
