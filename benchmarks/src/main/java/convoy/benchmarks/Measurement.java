package convoy.benchmarks;

import convoy.zoo.engine.ParameterLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a comparison gave.
 *
 * @param seconds of an iteration, a median for each engine
 * @param problems engines that didn't compute the same, one line each
 */
record Measurement(Workload workload, Map<Engine, Double> seconds, List<String> problems) {
  Measurement {
    seconds = new LinkedHashMap<>(seconds);
    problems = List.copyOf(problems);
  }

  /** The middle value; of an even number the higher one of the middle. */
  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** Whether losses are the same but for the order of sums. */
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

  /** One row a peer: of its ways the fastest. */
  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Engine engine : fastest()) {
      rows.add(Row.of(workload, seconds.get(Engine.CONVOY), seconds.get(engine), engine.peer()));
    }

    return rows;
  }

  /** The peers' engines that the rows are about, in their order. */
  List<Engine> fastest() {
    Map<String, Engine> fastest = new LinkedHashMap<>();
    for (Engine engine : seconds.keySet()) {
      if (engine.hasLoss() && engine != Engine.CONVOY) {
        fastest.merge(engine.peer(), engine, (a, b) -> seconds.get(a) <= seconds.get(b) ? a : b);
      }
    }

    return List.copyOf(fastest.values());
  }

  /** Billions of floating-point operations a second. */
  double gigaflops(Engine engine) {
    double operations =
        engine == Engine.PRODUCT ? ProductCandidate.OPERATIONS : workload.operations();
    return operations / seconds.get(engine) / 1e9;
  }

  /**
   * Billions of bytes a second.
   *
   * @param transfers reads and writes of each parameter
   */
  double gigabytes(Engine engine, int transfers) {
    double floats = ParameterLayout.of(workload.graph(true)).length();
    return transfers * floats * Float.BYTES / seconds.get(engine) / 1e9;
  }
}
