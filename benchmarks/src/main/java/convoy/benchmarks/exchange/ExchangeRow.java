package convoy.benchmarks.exchange;

import java.util.Locale;

/**
 * One line of the result.
 *
 * @param gigabits of a link; null if it is not shaped
 * @param seconds of a round, the median
 * @param limitSeconds that the links need for the bytes that no exchange can spare
 * @param driverBytes that the driver's link carries in a round, both directions together
 */
record ExchangeRow(
    String network,
    int workers,
    Integer gigabits,
    double seconds,
    double limitSeconds,
    double ratio,
    long driverBytes) {
  private static final String FORMAT = "%-18s %7s %11s %10s %7s %7s %6s %8s %6s %9s%n";

  /** Tasks of a round for each worker: one trains, one reduces. */
  private static final int TASKS = 2;

  static ExchangeRow of(Setting setting, double bytesPerSecond, Rounds.Answer answer) {
    double[] sorted = answer.seconds().stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double seconds = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    double limit = setting.leastBytes() / bytesPerSecond;
    return new ExchangeRow(
        setting.network(),
        setting.workers(),
        setting.gigabits(),
        rounded(seconds),
        rounded(limit),
        rounded(seconds / limit),
        answer.driverBytes() / answer.seconds().size());
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  static String heading() {
    return String.format(
            Locale.ROOT,
            FORMAT,
            "",
            "",
            "",
            "Gbit/s of",
            "s a",
            "s at the",
            "",
            "driver,",
            "kB a",
            "link,")
        + String.format(
            Locale.ROOT,
            FORMAT,
            "network",
            "workers",
            "link",
            "a stream",
            "round",
            "limit",
            "ratio",
            "kB",
            "task",
            "of least");
  }

  /**
   * Returns the row for people, with more figures: what a stream got, the driver's bytes for each
   * task, and what the busiest link carried beside the least that it must.
   */
  String line(Setting setting, double bytesPerSecond, Rounds.Answer answer) {
    double linkBytes = (double) answer.linkBytes() / answer.seconds().size();
    return String.format(
        Locale.ROOT,
        FORMAT,
        network,
        workers,
        setting.link(),
        number(bytesPerSecond * Byte.SIZE / 1e9, 2),
        number(seconds, 2),
        number(limitSeconds, 2),
        number(ratio, 2),
        number(driverBytes / 1e3, 0),
        number(driverBytes / 1e3 / (TASKS * workers), 1),
        number(linkBytes / setting.leastBytes(), 2));
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
