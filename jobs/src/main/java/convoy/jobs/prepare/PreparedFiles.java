package convoy.jobs.prepare;

import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** What prepare leaves beside the shards, for others to read. */
public final class PreparedFiles {
  private PreparedFiles() {}

  /**
   * Files of a finished dataset's quarantine by reason.
   *
   * @throws convoy.jobs.base.UserException with exit code 3 when quarantine.jsonl is gone
   */
  public static Map<String, Long> quarantine(Configuration configuration, Path dataset)
      throws IOException {
    return Quarantine.count(OutputFolder.quarantine(configuration, dataset));
  }
}
