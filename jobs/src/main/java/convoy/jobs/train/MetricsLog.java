package convoy.jobs.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.data.files.Storage;
import convoy.jobs.evaluate.EvaluationResult;
import convoy.jobs.io.GrowingFile;
import convoy.jobs.io.HadoopFiles;
import convoy.jobs.train.sync.RoundResult;
import convoy.jobs.train.sync.WorkerReport;
import java.io.IOException;
import java.util.Comparator;
import org.apache.hadoop.fs.ChecksumException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes metrics.jsonl, with one object for each round, each trained epoch and each validation. New
 * lines are added to the file from time to time and at each checkpoint.
 */
final class MetricsLog {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsLog.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long WRITE_NANOS = 10_000_000_000L;

  private final RunFolder folder;
  private final GrowingFile file;
  private final StringBuilder unwritten = new StringBuilder();
  private long written = System.nanoTime();

  MetricsLog(RunFolder folder) {
    this.folder = folder;
    this.file = new GrowingFile(folder.configuration(), folder.metrics());
  }

  /** Keeps the lines up to a checkpoint, from which the run continues. */
  void resumeAt(CheckpointState from) throws IOException {
    write();
    if (!HadoopFiles.exists(folder.configuration(), folder.metrics())) {
      return;
    }

    String text;
    try {
      text = HadoopFiles.readText(folder.configuration(), folder.metrics());
    } catch (ChecksumException damaged) {
      LOG.warn("{} is damaged: it was moved aside, and the run continues", folder.metrics());
      setAside();
      return;
    }

    StringBuilder kept = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      try {
        if (!line.isBlank() && isBefore(JSON.readTree(line), from)) {
          kept.append(line).append('\n');
        }
      } catch (JsonProcessingException cut) {
        LOG.warn("{} has a damaged line, which was removed: {}", folder.metrics(), line);
      }
    }

    if (!text.contentEquals(kept)) {
      HadoopFiles.writeText(folder.configuration(), folder.metrics(), kept.toString());
    }
  }

  private void setAside() throws IOException {
    Storage.of(folder.configuration(), folder.path())
        .rename(folder.metrics(), folder.damagedMetrics());
  }

  private static boolean isBefore(JsonNode line, CheckpointState from) {
    return line.path("round").asInt() <= from.position().rounds()
        && line.path("evaluation").path("epoch").asInt(0) <= from.evaluatedEpoch();
  }

  /** Adds a round and returns its line. */
  ObjectNode round(int rounds, double epoch, double learningRate, long millis, RoundResult result)
      throws IOException {
    ObjectNode line = JSON.createObjectNode();
    line.put("round", rounds);
    line.put("epoch", epoch);
    line.put("loss", result.loss());
    line.put("learningRate", learningRate);
    line.put("images", result.examples());
    line.put("imagesPerSecond", result.examples() * 1000.0 / Math.max(1, millis));
    times(line, millis, result);
    line.set("workers", JSON.valueToTree(result.workers()));
    add(line);
    return line;
  }

  /** Adds how the round's time was spent; values are null if the strategy doesn't report them. */
  private static void times(ObjectNode line, long millis, RoundResult result) {
    if (!result.workers().stream().allMatch(WorkerReport::timed)) {
      line.putNull("computeMs").putNull("dataWaitMs").putNull("syncMs");
      return;
    }

    long compute = 0;
    long wait = 0;
    for (WorkerReport worker : result.workers()) {
      long busy = worker.endedMillis() - worker.startedMillis();
      compute = Math.max(compute, busy - worker.waitMillis());
      wait = Math.max(wait, worker.waitMillis());
    }

    // Workers may run one after another, so the exchange is the time in which none trained.
    long sync = Math.max(0, millis - span(result));
    line.put("computeMs", compute).put("dataWaitMs", wait).put("syncMs", sync);
  }

  /** The number of milliseconds in which at least one worker trained. */
  private static long span(RoundResult result) {
    long total = 0;
    long end = Long.MIN_VALUE;
    for (WorkerReport worker :
        result.workers().stream()
            .sorted(Comparator.comparingLong(WorkerReport::startedMillis))
            .toList()) {
      long from = Math.max(end, worker.startedMillis());
      total += Math.max(0, worker.endedMillis() - from);
      end = Math.max(end, worker.endedMillis());
    }

    return total;
  }

  /** Adds the mean training loss of an epoch: each example's loss is that of its own round. */
  void epoch(int rounds, int epoch, long examples, double loss) throws IOException {
    ObjectNode line = JSON.createObjectNode();
    line.put("round", rounds);
    line.putObject("training").put("epoch", epoch).put("examples", examples).put("loss", loss);
    add(line);
  }

  void evaluation(int rounds, int epoch, String split, EvaluationResult result) throws IOException {
    ObjectNode line = JSON.createObjectNode();
    line.put("round", rounds);
    ObjectNode evaluation = line.putObject("evaluation");
    evaluation.put("epoch", epoch);
    evaluation.put("split", split);
    evaluation.put("examples", result.examples());
    evaluation.put("top1", result.top1());
    evaluation.put("top5", result.top5());
    evaluation.put("loss", result.loss());
    add(line);
  }

  private void add(JsonNode line) throws IOException {
    unwritten.append(JSON.writeValueAsString(line)).append('\n');
    if (System.nanoTime() - written > WRITE_NANOS) {
      write();
    }
  }

  void write() throws IOException {
    if (!unwritten.isEmpty()) {
      file.add(unwritten.toString());
      unwritten.setLength(0);
    }

    written = System.nanoTime();
  }
}
