package convoy.jobs.prepare;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;

/** The named stages of a job, each timed and logged. */
final class Stages {
  private final Logger log;
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  Stages(Logger log) {
    this.log = log;
  }

  <T> T run(String name, Callable<T> stage) throws Exception {
    long start = System.nanoTime();
    T result = stage.call();
    double taken = Math.round((System.nanoTime() - start) / 1e6) / 1e3;
    seconds.put(name, taken);
    log.info("stage={} seconds={}", name, taken);
    return result;
  }

  /** By stage, in order. */
  Map<String, Double> seconds() {
    return seconds;
  }

  double total() {
    return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
