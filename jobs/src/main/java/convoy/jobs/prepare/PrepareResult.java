package convoy.jobs.prepare;

import com.fasterxml.jackson.annotation.JsonProperty;
import convoy.data.dataset.Manifest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a dataset holds after prepare.
 *
 * @param changed false when it was finished before
 * @param rejected files in quarantine.jsonl, by reason
 * @param duplicates contents that are in two classes and in both splits; empty when it was finished
 *     before
 * @param checkedBefore files that an interrupted run had checked
 * @param hidden names beginning with a dot, skipped
 */
public record PrepareResult(
    String dataset,
    boolean changed,
    int classes,
    Map<String, SplitResult> splits,
    Map<String, Long> rejected,
    Map<String, Long> duplicates,
    @JsonProperty("takenOver") long checkedBefore,
    long hidden,
    double seconds) {

  /** Examples and shards of one split. */
  public record SplitResult(long examples, long bytes, int shards) {}

  static PrepareResult of(
      String dataset,
      Manifest manifest,
      Map<String, Long> rejected,
      Duplicates duplicates,
      long checkedBefore,
      long hidden,
      double seconds) {
    Map<String, SplitResult> splits = new LinkedHashMap<>();
    manifest
        .splits()
        .forEach(
            (name, split) ->
                splits.put(
                    name, new SplitResult(split.examples(), split.bytes(), split.files().size())));
    return new PrepareResult(
        dataset,
        duplicates != null,
        manifest.classes().size(),
        splits,
        rejected,
        duplicates == null
            ? Map.of()
            : new TreeMap<>(
                Map.of("inClasses", duplicates.inClasses(), "inSplits", duplicates.inSplits())),
        checkedBefore,
        hidden,
        seconds);
  }
}
