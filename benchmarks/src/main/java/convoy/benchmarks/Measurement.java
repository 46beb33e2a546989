package convoy.benchmarks;

import convoy.zoo.engine.ParameterLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of a comparison.
 *
 * @param seconds of an iteration, a median for each engine
 * @param problems engines that didn't compute the same result, one line each
 */
record Measurement(Workload workload, Map<Engine, Double> seconds, List<String> problems) {
  Measurement {
    seconds = new LinkedHashMap<>(seconds);
    problems = List.copyOf(problems);
  }

  /**
   * Returns the middle value. If the number of values is even, this is the higher one of the middle
   * two.
   */
  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /**
   * Returns whether losses are equal within the tolerance, because different orders of sums round
   * differently.
   */
  static boolean same(double[] ours, double[] theirs, double tolerance) {
    if (ours.length != theirs.length) {
      return false;
    }

    for (int i = 0; i < ours.length; i++) {
      if (!(Math.abs(ours[i] - theirs[i]) <= tolerance * Math.abs(ours[i]))) {
        return false;
      }
    }

    return true;
  }

  /** Returns one row for each peer, with the fastest of its ways. */
  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Engine engine : fastest()) {
      rows.add(Row.of(workload, seconds.get(Engine.CONVOY), seconds.get(engine), engine.peer()));
    }

    return rows;
  }

  /** Returns the peers' engines that the rows describe, in the same order. */
  List<Engine> fastest() {
    Map<String, Engine> fastest = new LinkedHashMap<>();
    for (Engine engine : seconds.keySet()) {
      if (engine.hasLoss() && engine != Engine.CONVOY) {
        fastest.merge(engine.peer(), engine, (a, b) -> seconds.get(a) <= seconds.get(b) ? a : b);
      }
    }

    return List.copyOf(fastest.values());
  }

  /** Returns billions of floating-point operations per second. */
  double gigaflops(Engine engine) {
    double operations =
        engine == Engine.PRODUCT ? ProductCandidate.OPERATIONS : workload.operations();
    return operations / seconds.get(engine) / 1e9;
  }

  /**
   * Returns billions of bytes per second.
   *
   * @param transfers reads and writes of each parameter
   */
  double gigabytes(Engine engine, int transfers) {
    double floats = ParameterLayout.of(workload.graph(true)).length();
    return transfers * floats * Float.BYTES / seconds.get(engine) / 1e9;
  }
}
