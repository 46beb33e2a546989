package convoy.benchmarks;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The peak resident memory of each engine's process. It includes the virtual machine with its small
 * heap.
 *
 * @param bytes by engine
 */
record PeakMemory(Workload workload, Map<Engine, Long> bytes) {
  private static final List<Engine> ENGINES =
      List.of(Engine.CONVOY, Engine.LIBTORCH, Engine.LIBTORCH_CHANNELS_LAST);

  /** The memory stops growing after the first iterations. */
  private static final int ITERATIONS = 3;

  private static final String HEAP = "256m";
  private static final String FORMAT = "%-18s %-5s %7s %5s %10s %10s %14s %6s%n";

  PeakMemory {
    bytes = new EnumMap<>(bytes);
  }

  /** Runs each engine in a separate process, one after another. */
  static PeakMemory of(Workload workload) throws IOException {
    Map<Engine, Long> bytes = new EnumMap<>(Engine.class);
    for (Engine engine : ENGINES) {
      try (Subject subject = new Subject(engine, workload, HEAP)) {
        bytes.put(engine, subject.memory(ITERATIONS));
      }
    }

    return new PeakMemory(workload, bytes);
  }

  static String heading() {
    return String.format(Locale.ROOT, FORMAT, "", "", "", "", "MiB", "", "libtorch", "")
        + String.format(
            Locale.ROOT,
            FORMAT,
            "network",
            "mode",
            "threads",
            "batch",
            "convoy",
            "libtorch",
            "channels-last",
            "ratio");
  }

  /**
   * Returns Convoy's memory divided by that of the peer's more economical layout. Less than 1 is
   * better.
   */
  double ratio() {
    long theirs = Math.min(bytes.get(Engine.LIBTORCH), bytes.get(Engine.LIBTORCH_CHANNELS_LAST));
    return (double) bytes.get(Engine.CONVOY) / theirs;
  }

  String line() {
    return String.format(
        Locale.ROOT,
        FORMAT,
        workload.label(),
        workload.mode(),
        workload.threads(),
        workload.batch(),
        bytes.get(Engine.CONVOY) >> 20,
        bytes.get(Engine.LIBTORCH) >> 20,
        bytes.get(Engine.LIBTORCH_CHANNELS_LAST) >> 20,
        String.format(Locale.ROOT, "%.2f", ratio()));
  }
}
