package convoy.jobs.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The parts of a progress line, such as {@code [###.......] 30 % 3/10 rounds 0:14 left 512 images/s
 * loss 2.3}. Where the window is narrow, these are left out, one after the other: half of the bar,
 * the fourth and later details, the bar, the count of steps, the other details from the last one,
 * and the time left.
 */
record ProgressLine(long done, long total, String what, long secondsLeft, List<String> details) {
  private static final String GAP = "  ";
  private static final int BAR = 30;
  private static final int SHORT_BAR = 10;

  /** With these, the line of a training still fits 60 columns. */
  private static final int FIRST_DETAILS = 3;

  static ProgressLine of(
      long done, long total, String what, long secondsLeft, List<String> details) {
    return new ProgressLine(done, total, what, secondsLeft, List.copyOf(details));
  }

  /** The longest text of at most {@code columns} characters. */
  String fit(int columns) {
    int all = details.size();
    int first = Math.min(FIRST_DETAILS, all);
    List<String> texts = new ArrayList<>();
    texts.add(text(BAR, true, true, all));
    for (int shown = all; shown >= first; shown--) {
      texts.add(text(SHORT_BAR, true, true, shown));
    }

    texts.add(text(0, true, true, first));
    for (int shown = first; shown >= 0; shown--) {
      texts.add(text(0, false, true, shown));
    }

    String least = text(0, false, false, 0);
    return texts.stream()
        .filter(text -> text.length() <= columns)
        .findFirst()
        .orElse(least.substring(0, Math.min(least.length(), Math.max(0, columns))));
  }

  private String text(int bar, boolean count, boolean time, int shownDetails) {
    List<String> parts = new ArrayList<>();
    parts.add(
        String.format(
            Locale.ROOT,
            "%s%3d %%",
            bar == 0 ? "" : bar(bar) + " ",
            Math.min(done, total) * 100 / total));
    if (count) {
      parts.add(done + "/" + total + " " + what);
    }

    if (time && secondsLeft >= 0 && done < total) {
      parts.add(time(secondsLeft) + " left");
    }

    parts.addAll(details.subList(0, shownDetails));
    return String.join(GAP, parts);
  }

  private String bar(int width) {
    int filled = (int) (Math.min(done, total) * width / total);
    return "[" + "#".repeat(filled) + ".".repeat(width - filled) + "]";
  }

  /** A time such as {@code 2:05}, {@code 3h20m} or {@code 1d04h}. */
  static String time(long seconds) {
    long hours = seconds / 3600;
    if (hours == 0) {
      return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }

    return hours < 24
        ? String.format(Locale.ROOT, "%dh%02dm", hours, seconds / 60 % 60)
        : String.format(Locale.ROOT, "%dd%02dh", hours / 24, hours % 24);
  }
}
