package convoy.jobs.prepare;

import convoy.data.source.Sources;
import convoy.jobs.base.UserException;
import convoy.options.Suggestions;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of prepare.
 *
 * @param inputs paths of any Hadoop file system
 * @param classes path of a list that fixes the labels, or null
 * @param shardBytes target size of a shard
 * @param valFraction part of the training examples that becomes val, if the source has no val
 * @param failOnBad whether a bad picture ends the job
 * @param maxBadFraction largest part of all files that may be bad pictures
 * @param shortSide short side of re-encoded pictures in pixels; 0 keeps the bytes of all pictures
 * @param overwrite whether {@code out} is replaced, whatever it holds
 */
public record PrepareOptions(
    String source,
    List<String> inputs,
    String classes,
    String out,
    long shardBytes,
    double valFraction,
    boolean failOnBad,
    double maxBadFraction,
    DuplicateAction duplicates,
    int shortSide,
    long seed,
    boolean overwrite) {

  private static final int SMALLEST_SHORT_SIDE = 8;

  /**
   * Checks everything that can be checked without reading files.
   *
   * @throws UserException naming all problems
   */
  public void validate() {
    List<String> problems = new ArrayList<>();
    if (Sources.named(source).isEmpty()) {
      String hint =
          Suggestions.nearest(source, Sources.names())
              .map(name -> ", did you mean " + name + "?")
              .orElse("");
      problems.add("--source " + source + " is unknown; " + known() + hint);
    }

    if (shardBytes < 1) {
      problems.add("--shard-mb %d must be at least 1".formatted(shardBytes >> 20));
    }

    if (!(valFraction >= 0 && valFraction < 1)) {
      problems.add("--val-fraction " + valFraction + " must be from 0 to below 1");
    }

    if (!(maxBadFraction >= 0 && maxBadFraction <= 1)) {
      problems.add("--max-bad-fraction " + maxBadFraction + " must be from 0 to 1");
    }

    if (shortSide != StoredPicture.AS_IT_CAME && shortSide < SMALLEST_SHORT_SIDE) {
      problems.add("--short-side " + shortSide + " must be at least " + SMALLEST_SHORT_SIDE);
    }

    if (!problems.isEmpty()) {
      throw UserException.usage(String.join("; ", problems));
    }
  }

  private static String known() {
    return "there are " + String.join(", ", Sources.names());
  }
}
