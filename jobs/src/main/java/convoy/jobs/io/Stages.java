package convoy.jobs.io;

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

  /** The work of a stage. */
  @FunctionalInterface
  public interface Stage<T, E extends Exception> {
    T run() throws E;
  }

  /** Runs a stage and logs its time, unless it fails. */
  public <T, E extends Exception> T run(String name, Stage<T, E> stage) throws E {
    long start = System.nanoTime();
    T result = stage.run();
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
