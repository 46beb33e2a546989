package convoy.benchmarks;

import java.util.List;
import java.util.Locale;

/** The result for people, printed line by line during the measurement. */
final class Table {
  private static final String FORMAT = "%-22s %-5s %7s %5s  %-29s %9s %9s %6s %8s %8s %8s%n";

  private Table() {}

  static String heading() {
    return String.format(
            Locale.ROOT, FORMAT, "", "", "", "", "", "images/s", "", "", "GFLOP/s", "", "")
        + String.format(
            Locale.ROOT,
            FORMAT,
            "network",
            "mode",
            "threads",
            "batch",
            "peer",
            "convoy",
            "peer",
            "ratio",
            "convoy",
            "peer",
            "product");
  }

  /** Returns one line for each peer, and one about the update if it was measured. */
  static String lines(Measurement measurement) {
    StringBuilder text = new StringBuilder();
    List<Engine> peers = measurement.fastest();
    List<Row> rows = measurement.rows();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      text.append(
          String.format(
              Locale.ROOT,
              FORMAT,
              row.network() + (row.precision().equals("float32") ? "" : " bf16"),
              row.mode(),
              row.threads(),
              row.batch(),
              peers.get(i),
              number(row.ours(), 1),
              number(row.theirs(), 1),
              number(row.ratio(), 2),
              number(measurement.gigaflops(Engine.CONVOY), 0),
              number(measurement.gigaflops(peers.get(i)), 0),
              number(measurement.gigaflops(Engine.PRODUCT), 0)));
    }

    if (measurement.seconds().containsKey(Engine.UPDATE)) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-22s update %s GB/s, array copy %s GB/s, %d threads%n",
              measurement.workload().label(),
              number(measurement.gigabytes(Engine.UPDATE, UpdateCandidate.TRANSFERS), 1),
              number(measurement.gigabytes(Engine.COPY, CopyCandidate.TRANSFERS), 1),
              measurement.workload().threads()));
    }

    return text.toString();
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
