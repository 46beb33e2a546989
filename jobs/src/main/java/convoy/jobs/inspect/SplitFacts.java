package convoy.jobs.inspect;

import convoy.data.dataset.Manifest;
import convoy.jobs.inspect.Inspection.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The facts about one split: first those of the manifest, then those of the rows. The latter cover
 * the whole shards, and are null if no shard is whole.
 *
 * @param classExamples range of the number of examples in a class
 * @param largestClass range, over the shards, of the examples in a shard's largest class
 * @param smallestClass range, over the shards, of the examples in a shard's smallest class
 * @param spread largest difference of a class's number of examples between two shards; 1 is as even
 *     as possible
 * @param shardMebibytes range of the shards' sizes
 * @param width range of the pictures' widths in pixels
 * @param height range of the pictures' heights in pixels
 * @param formats number of examples by format
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

  /** Differences between the manifest and all rows of a split, one line for each. */
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
