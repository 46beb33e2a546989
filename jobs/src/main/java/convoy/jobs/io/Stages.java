package convoy.jobs.io;

import convoy.jobs.terminal.Phase;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;

/** The named stages of a job, each timed and logged. */
public final class Stages {
  private final Logger log;
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  public Stages(Logger log) {
    this.log = log;
  }

  /**
   * Runs a stage and logs its time, unless it fails.
   *
   * @param words what a terminal shows meanwhile, such as {@code listing the files}
   */
  public <T, E extends Exception> T run(String name, String words, Phase.Work<T, E> stage)
      throws E {
    long start = System.nanoTime();
    T result = Phase.during(words, stage);
    double taken = Math.round((System.nanoTime() - start) / 1e6) / 1e3;
    seconds.put(name, taken);
    log.info("stage={} seconds={}", name, taken);
    return result;
  }

  /** The seconds of each stage, in order. */
  public Map<String, Double> seconds() {
    return seconds;
  }

  public double total() {
    return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
