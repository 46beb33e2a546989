package convoy.jobs.score;

import java.util.Map;

/**
 * The result of a run.
 *
 * @param rows number of rows in the whole folder
 * @param scored number of files that got their row in this run
 * @param errors number of rows with an error in the whole folder, by code
 * @param seconds seconds of scoring, without listing
 */
public record ScoreResult(
    String out,
    long rows,
    long scored,
    Map<String, Long> errors,
    long hiddenFiles,
    long hiddenFolders,
    long special,
    long loops,
    int parts,
    double seconds,
    double imagesPerSecond) {

  /** The result for inputs without any file. */
  static ScoreResult nothing(String out, ScoreListing listing) {
    return new ScoreResult(
        out,
        0,
        0,
        Map.of(),
        listing.hiddenFiles(),
        listing.hiddenFolders(),
        listing.special(),
        listing.loops(),
        0,
        0,
        0);
  }

  static ScoreResult of(String out, ScoreManifest manifest, long scored, double seconds) {
    ScoreManifest.Skipped skipped = manifest.skipped();
    return new ScoreResult(
        out,
        manifest.rows(),
        scored,
        manifest.errors(),
        skipped.hiddenFiles(),
        skipped.hiddenFolders(),
        skipped.special(),
        skipped.loops(),
        manifest.parts().size(),
        Math.round(seconds * 1e3) / 1e3,
        scored == 0 ? 0 : Math.round(scored / seconds * 10) / 10.0);
  }
}
