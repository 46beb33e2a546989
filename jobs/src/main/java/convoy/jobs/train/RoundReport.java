package convoy.jobs.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.jobs.io.Progress;
import convoy.jobs.train.sync.RoundResult;
import convoy.jobs.train.sync.WorkerReport;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows each round, as a bar on a terminal and as a line of the log elsewhere. */
final class RoundReport implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Training.class);

  private final Progress progress;
  private final Set<String> cpus = new LinkedHashSet<>();

  /**
   * Shows nothing yet.
   *
   * @param rounds number of rounds in the whole run
   */
  RoundReport(long rounds) {
    this.progress = Progress.of(LOG, "rounds", rounds);
  }

  /**
   * Shows a round.
   *
   * @param line the round's line of the metrics
   * @param top1 top-1 of the last validation, null before the first
   */
  void show(ObjectNode line, Double top1) {
    if (Progress.isTerminal()) {
      progress.update(line.get("round").asLong(), bar(line, top1));
    } else {
      LOG.info("{}", text(line));
    }
  }

  private static String bar(ObjectNode line, Double top1) {
    return String.format(
        Locale.ROOT,
        "epoch %.2f loss %.4f %.0f images/s%s",
        line.get("epoch").asDouble(),
        line.get("loss").asDouble(),
        line.get("imagesPerSecond").asDouble(),
        top1 == null ? "" : String.format(Locale.ROOT, " top-1 %.4f", top1));
  }

  private static String text(ObjectNode line) {
    return String.format(
        Locale.ROOT,
        "round=%d epoch=%.2f loss=%.4f learningRate=%.4g imagesPerSecond=%.0f computeMs=%s"
            + " dataWaitMs=%s syncMs=%s",
        line.get("round").asLong(),
        line.get("epoch").asDouble(),
        line.get("loss").asDouble(),
        line.get("learningRate").asDouble(),
        line.get("imagesPerSecond").asDouble(),
        line.get("computeMs"),
        line.get("dataWaitMs"),
        line.get("syncMs"));
  }

  /** Warns once for each processor type, as different types may give different floats. */
  void warnOfOtherCpus(RoundResult result) {
    for (WorkerReport worker : result.workers()) {
      if (worker.cpu() != null && cpus.add(worker.cpu()) && cpus.size() > 1) {
        LOG.warn(
            "workers run on unlike processors, so another run may give different floats: {}",
            String.join(", ", cpus));
      }
    }
  }

  /** Leaves the bar as it is; the log continues below it. */
  void rest() {
    progress.rest();
  }

  @Override
  public void close() {
    progress.close();
  }
}
