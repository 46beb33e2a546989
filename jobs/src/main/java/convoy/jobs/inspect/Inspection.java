package convoy.jobs.inspect;

import convoy.data.dataset.Manifest;
import convoy.jobs.prepare.ContentHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What a dataset holds.
 *
 * @param duplicates contents by where they are more than once: {@code inClasses} two or more
 *     classes, {@code inSplits} train and val, {@code inClass} one class of one split
 * @param quarantine files by reason
 * @param problems shards that aren't what the manifest says, a line each
 */
public record Inspection(
    String dataset,
    int classes,
    Map<String, SplitFacts> splits,
    Map<String, Long> duplicates,
    Map<String, Long> quarantine,
    List<String> problems) {

  /** Smallest, mean and largest. */
  public record Range(double least, double mean, double most) {
    static Range of(IntStream values) {
      var statistics = values.summaryStatistics();
      return new Range(statistics.getMin(), statistics.getAverage(), statistics.getMax());
    }
  }

  /**
   * One split.
   *
   * @param classExamples examples of a class
   * @param spread the most that a class's number of examples differs between two shards; 1 is as
   *     even as can be
   * @param shardMebibytes sizes of the shards
   * @param width of the pictures in pixels
   * @param height of the pictures in pixels
   * @param formats examples by format
   */
  public record SplitFacts(
      long examples,
      long bytes,
      Range classExamples,
      long spread,
      Range shardMebibytes,
      Range width,
      Range height,
      Map<String, Long> formats) {
    static SplitFacts of(Manifest.Split split, int classes, List<ShardFacts> shards) {
      List<ShardFacts.Row> rows = shards.stream().flatMap(shard -> shard.rows().stream()).toList();
      Map<String, Long> formats = new TreeMap<>();
      rows.forEach(row -> formats.merge(row.format(), 1L, Long::sum));
      return new SplitFacts(
          split.examples(),
          split.bytes(),
          Range.of(split.classCounts().stream().mapToInt(Long::intValue)),
          spread(classes, shards),
          Range.of(split.files().stream().mapToInt(file -> (int) (file.bytes() >> 20))),
          Range.of(rows.stream().mapToInt(ShardFacts.Row::width)),
          Range.of(rows.stream().mapToInt(ShardFacts.Row::height)),
          formats);
    }

    private static long spread(int classes, List<ShardFacts> shards) {
      int[] least = new int[classes];
      int[] most = new int[classes];
      Arrays.fill(least, Integer.MAX_VALUE);
      for (ShardFacts shard : shards) {
        int[] counts = new int[classes];
        shard.rows().forEach(row -> counts[row.label()]++);
        for (int label = 0; label < classes; label++) {
          least[label] = Math.min(least[label], counts[label]);
          most[label] = Math.max(most[label], counts[label]);
        }
      }

      return IntStream.range(0, classes).map(label -> most[label] - least[label]).max().orElse(0);
    }
  }

  static Inspection of(
      String dataset, Manifest manifest, List<ShardFacts> shards, Map<String, Long> quarantine) {
    int classes = manifest.classes().size();
    Map<String, SplitFacts> splits = new LinkedHashMap<>();
    manifest
        .splits()
        .forEach(
            (name, split) ->
                splits.put(
                    name,
                    SplitFacts.of(
                        split,
                        classes,
                        shards.stream()
                            .filter(shard -> shard.path().startsWith(name + "/"))
                            .toList())));
    List<String> problems = new ArrayList<>();
    shards.stream()
        .filter(shard -> shard.problem() != null)
        .forEach(shard -> problems.add(shard.path() + ": " + shard.problem()));
    return new Inspection(dataset, classes, splits, duplicates(shards), quarantine, problems);
  }

  private static Map<String, Long> duplicates(List<ShardFacts> shards) {
    Map<ContentHash, Set<String>> places = new HashMap<>();
    Map<ContentHash, Integer> copies = new HashMap<>();
    for (ShardFacts shard : shards) {
      String split = shard.path().substring(0, shard.path().indexOf('/'));
      for (ShardFacts.Row row : shard.rows()) {
        places.computeIfAbsent(row.hash(), hash -> new HashSet<>(2)).add(split + " " + row.label());
        copies.merge(row.hash(), 1, Integer::sum);
      }
    }

    Map<String, Long> duplicates = new TreeMap<>();
    places.forEach(
        (hash, where) -> {
          long labels = where.stream().map(place -> place.split(" ", -1)[1]).distinct().count();
          long splits = where.stream().map(place -> place.split(" ", -1)[0]).distinct().count();
          count(duplicates, "inClasses", labels > 1);
          count(duplicates, "inSplits", splits > 1);
          count(duplicates, "inClass", where.size() == 1 && copies.get(hash) > 1);
        });
    return duplicates;
  }

  private static void count(Map<String, Long> duplicates, String where, boolean one) {
    duplicates.merge(where, one ? 1L : 0L, Long::sum);
  }
}
