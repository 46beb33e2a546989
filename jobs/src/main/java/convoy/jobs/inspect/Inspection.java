package convoy.jobs.inspect;

import convoy.data.dataset.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The content of a dataset.
 *
 * @param duplicates number of contents that are there more than once: {@code inClasses} in two or
 *     more classes, {@code inSplits} in train and val, {@code inClass} in one class of one split
 * @param quarantine number of files by reason
 * @param problems differences from the manifest, one line for each
 */
public record Inspection(
    String dataset,
    int classes,
    Map<String, SplitFacts> splits,
    Map<String, Long> duplicates,
    Map<String, Long> quarantine,
    List<String> problems) {

  public record Range(double least, double mean, double most) {}

  /**
   * Combines the results of the tasks.
   *
   * @param verify whether the rows must match the counts in the manifest
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
