package convoy.jobs.prepare;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Checks one batch, unless a run before has. */
final class CheckTask {
  private CheckTask() {}

  /**
   * Safe to run again, and twice at once.
   *
   * @param attempt unlike that of any other attempt
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
