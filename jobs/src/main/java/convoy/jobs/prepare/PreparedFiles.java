package convoy.jobs.prepare;

import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Reads the files that prepare writes beside the shards. */
public final class PreparedFiles {
  private PreparedFiles() {}

  /**
   * Counts the files in the quarantine of a finished dataset, by reason.
   *
   * @throws convoy.jobs.base.UserException with exit code 3 if quarantine.jsonl is missing
   */
  public static Map<String, Long> quarantine(Configuration configuration, Path dataset)
      throws IOException {
    return Quarantine.count(OutputFolder.quarantine(configuration, dataset));
  }
}
