package convoy.jobs.inspect;

import convoy.data.dataset.Manifest;
import convoy.jobs.inspect.Inspection.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * One split: what the manifest says, then what the rows are. The latter is of the shards that are
 * whole, and null where none is.
 *
 * @param classExamples examples of a class
 * @param largestClass over the shards, the examples of each one's largest class
 * @param smallestClass over the shards, the examples of each one's smallest class
 * @param spread the most that a class's number of examples differs between two shards; 1 is as even
 *     as can be
 * @param shardMebibytes sizes of the shards
 * @param width of the pictures in pixels
 * @param height of the pictures in pixels
 * @param formats examples by format
 */
public record SplitFacts(
    long examples,
    long bytes,
    Range classExamples,
    Range largestClass,
    Range smallestClass,
    Long spread,
    Range shardMebibytes,
    Range width,
    Range height,
    Map<String, Long> formats) {
  static SplitFacts of(Manifest.Split split, int classes, List<ShardSummary> shards) {
    ShardSummary all = sum(classes, shards);
    return new SplitFacts(
        split.examples(),
        split.bytes(),
        range(split.classCounts().stream().mapToLong(Long::longValue)),
        range(
            shards.stream().mapToLong(shard -> Arrays.stream(shard.classCounts()).max().orElse(0))),
        range(
            shards.stream().mapToLong(shard -> Arrays.stream(shard.classCounts()).min().orElse(0))),
        spread(classes, shards),
        range(split.files().stream().mapToLong(file -> file.bytes() >> 20)),
        all.width().range(),
        all.height().range(),
        all.formats());
  }

  /** What the manifest says otherwise than all of a split's rows, a line each. */
  static List<String> differences(
      String name, Manifest.Split split, int classes, List<ShardSummary> shards) {
    ShardSummary all = sum(classes, shards);
    long examples = Arrays.stream(all.classCounts()).sum();
    List<String> differences = new ArrayList<>();
    if (examples != split.examples()) {
      differences.add(difference(name, "examples", examples, split.examples()));
    }

    if (all.bytes() != split.bytes()) {
      differences.add(difference(name, "bytes of pictures", all.bytes(), split.bytes()));
    }

    List<Long> said = split.classCounts();
    for (int label = 0; label < classes; label++) {
      long counted = all.classCounts()[label];
      if (label >= said.size() || counted != said.get(label)) {
        differences.add(
            difference(
                name,
                "examples of class " + label,
                counted,
                label < said.size() ? said.get(label) : 0));
      }
    }

    return differences;
  }

  private static String difference(String name, String what, long are, long said) {
    return "%s has %d %s, the manifest says %d".formatted(name, are, what, said);
  }

  private static ShardSummary sum(int classes, List<ShardSummary> shards) {
    ShardSummary all = new ShardSummary(classes);
    shards.forEach(all::add);
    return all;
  }

  private static Range range(LongStream values) {
    Extent extent = new Extent();
    values.forEach(extent::add);
    return extent.range();
  }

  private static Long spread(int classes, List<ShardSummary> shards) {
    if (shards.isEmpty()) {
      return null;
    }

    long spread = 0;
    for (int label = 0; label < classes; label++) {
      int one = label;
      var counts = shards.stream().mapToLong(shard -> shard.classCounts()[one]).summaryStatistics();
      spread = Math.max(spread, counts.getMax() - counts.getMin());
    }

    return spread;
  }
}
