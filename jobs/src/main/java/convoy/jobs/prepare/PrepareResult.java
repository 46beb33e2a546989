package convoy.jobs.prepare;

import convoy.data.dataset.Manifest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a dataset holds after prepare.
 *
 * @param changed false when it was finished before
 * @param rejected files in quarantine.jsonl, by reason
 * @param hidden names beginning with a dot, skipped
 */
public record PrepareResult(
    String dataset,
    boolean changed,
    int classes,
    Map<String, SplitResult> splits,
    Map<String, Long> rejected,
    long hidden,
    double seconds) {

  /** Examples and shards of one split. */
  public record SplitResult(long examples, long bytes, int shards) {}

  static PrepareResult of(
      String dataset,
      boolean changed,
      Manifest manifest,
      Map<String, Long> rejected,
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
        dataset, changed, manifest.classes().size(), splits, rejected, hidden, seconds);
  }
}
