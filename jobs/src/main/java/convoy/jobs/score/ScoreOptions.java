package convoy.jobs.score;

import convoy.jobs.base.UserException;
import java.util.List;

/**
 * The arguments of score.
 *
 * @param inputs folders or files
 * @param out folder of the rows
 * @param topK number of classes in each row, the most likely first
 * @param resume whether files without a row in a finished {@code out} are scored
 * @param overwrite whether {@code out} is emptied first, whatever it holds
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
      throw UserException.usage(
          "--resume keeps rows and --overwrite deletes them; give one of them");
    }
  }
}
