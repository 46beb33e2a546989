package convoy.jobs.prepare;

import com.fasterxml.jackson.annotation.JsonProperty;
import convoy.data.dataset.Manifest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The content of a dataset after prepare.
 *
 * @param changed false if the dataset was finished before
 * @param rejected number of files in quarantine.jsonl, by reason
 * @param duplicates number of contents in two classes and in both splits; empty if the dataset was
 *     finished before
 * @param checkedBefore number of files that an interrupted run had checked
 * @param hidden number of skipped names that begin with a dot
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
