package convoy.jobs.score;

import convoy.jobs.base.UserException;
import java.util.List;

/**
 * What to score and where the rows go.
 *
 * @param inputs folders or files
 * @param out folder of the rows
 * @param topK classes in each row, the best first
 * @param resume also score what has no row in a finished {@code out}
 * @param overwrite empty {@code out} first, whatever is in it
 */
public record ScoreOptions(
    List<String> inputs, String out, String format, int topK, boolean resume, boolean overwrite) {
  public ScoreOptions {
    inputs = List.copyOf(inputs);
    format = RowFormats.format(format).name();
    if (topK < 1) {
      throw UserException.usage("--top-k is " + topK + "; it must be at least 1");
    }

    if (resume && overwrite) {
      throw UserException.usage("--resume keeps rows and --overwrite drops them; give one of them");
    }
  }
}
