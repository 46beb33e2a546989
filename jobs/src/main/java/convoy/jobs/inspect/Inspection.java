package convoy.jobs.inspect;

import convoy.data.dataset.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a dataset holds.
 *
 * @param duplicates contents by where they are more than once: {@code inClasses} two or more
 *     classes, {@code inSplits} train and val, {@code inClass} one class of one split
 * @param quarantine files by reason
 * @param problems what isn't as the manifest says, a line each
 */
public record Inspection(
    String dataset,
    int classes,
    Map<String, SplitFacts> splits,
    Map<String, Long> duplicates,
    Map<String, Long> quarantine,
    List<String> problems) {

  /** Smallest, mean and largest. */
  public record Range(double least, double mean, double most) {}

  /**
   * Puts together what the tasks found.
   *
   * @param verify whether the rows must be those that the manifest counts
   */
  static Inspection of(
      String dataset,
      Manifest manifest,
      List<ShardFacts> shards,
      Map<String, Long> duplicates,
      Map<String, Long> quarantine,
      boolean verify) {
    int classes = manifest.classes().size();
    List<String> problems = new ArrayList<>();
    shards.stream()
        .filter(shard -> shard.problem() != null)
        .forEach(shard -> problems.add(shard.path() + ": " + shard.problem()));
    Map<String, SplitFacts> splits = new LinkedHashMap<>();
    manifest
        .splits()
        .forEach(
            (name, split) -> {
              List<ShardSummary> whole =
                  shards.stream()
                      .filter(shard -> shard.split().equals(name))
                      .map(ShardFacts::summary)
                      .filter(Objects::nonNull)
                      .toList();
              splits.put(name, SplitFacts.of(split, classes, whole));
              if (verify && whole.size() == split.files().size()) {
                problems.addAll(SplitFacts.differences(name, split, classes, whole));
              }
            });
    return new Inspection(dataset, classes, splits, duplicates, quarantine, problems);
  }
}
