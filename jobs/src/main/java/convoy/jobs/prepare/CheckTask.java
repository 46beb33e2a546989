package convoy.jobs.prepare;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Checks one batch, unless an earlier run has done so. */
final class CheckTask {
  private CheckTask() {}

  /**
   * Checks the batch. It is safe to run this again, and twice at the same time.
   *
   * @param attempt a name that no other attempt has
   */
  static CheckedBatch check(
      Configuration configuration,
      String source,
      int shortSide,
      CheckedFiles files,
      ItemBatch batch,
      String attempt)
      throws IOException {
    Optional<List<Checked>> before = files.read(configuration, batch);
    if (before.isPresent()) {
      return new CheckedBatch(batch.first(), before.get(), true);
    }

    List<Checked> found = Checker.check(configuration, source, shortSide, batch);
    files.write(configuration, batch, found, attempt);
    return new CheckedBatch(batch.first(), found, false);
  }
}
