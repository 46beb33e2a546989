package convoy.jobs.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.jobs.terminal.Progress;
import convoy.jobs.train.sync.RoundResult;
import convoy.jobs.train.sync.WorkerReport;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the rounds: in the last line of a terminal, and now and then as a log line elsewhere. */
final class RoundReport implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Training.class);

  private final Progress progress;
  private final Set<String> cpus = new LinkedHashSet<>();
  private ObjectNode last;

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
    last = line;
    progress.update(line.get("round").asLong(), details(line, top1), text(line));
  }

  /** Shows the last round with the result of a validation after it, which has a line of its own. */
  void validated(Double top1) {
    if (last != null) { // A run that continues may begin with a validation.
      progress.details(details(last, top1));
    }
  }

  /** The most important ones first, as a narrow window has no room for all. */
  private static List<String> details(ObjectNode line, Double top1) {
    List<String> details = new ArrayList<>();
    details.add(format("%.0f images/s", line.get("imagesPerSecond").asDouble()));
    details.add(format("loss %.4f", line.get("loss").asDouble()));
    if (top1 != null) {
      details.add(format("top-1 %.4f", top1));
    }

    details.add(format("epoch %.2f", line.get("epoch").asDouble()));
    return details;
  }

  private static String format(String text, double value) {
    return String.format(Locale.ROOT, text, value);
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

  @Override
  public void close() {
    progress.close();
  }
}
