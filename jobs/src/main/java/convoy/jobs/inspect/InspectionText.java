package convoy.jobs.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An inspection as text. */
public final class InspectionText {
  private InspectionText() {}

  /** Lines of text; {@code verified} is true if hashes were checked. */
  public static String of(Inspection inspection, boolean verified) {
    List<String> lines = new ArrayList<>();
    lines.add(inspection.dataset());
    lines.add("classes     " + inspection.classes());
    inspection.splits().forEach((name, split) -> add(lines, name, split));
    Map<String, Long> duplicates = inspection.duplicates();
    lines.add(
        format(
            "equal       %d pictures in two classes, %d in both splits, %d twice in one class",
            duplicates.getOrDefault("inClasses", 0L),
            duplicates.getOrDefault("inSplits", 0L),
            duplicates.getOrDefault("inClass", 0L)));
    lines.add(
        "quarantine  "
            + (inspection.quarantine().isEmpty() ? "empty" : counts(inspection.quarantine())));
    lines.add(
        inspection.problems().isEmpty()
            ? verified
                ? "whole       every row was read, every hash is right"
                : "whole       every row was read"
            : "damaged     "
                + inspection.problems().size()
                + (inspection.problems().size() == 1 ? " difference" : " differences")
                + " from the manifest");
    return String.join("\n", lines);
  }

  private static void add(List<String> lines, String name, SplitFacts split) {
    lines.add(
        format(
            "%-11s %,d examples, %.1f MiB, a class has %s",
            name, split.examples(), split.bytes() / 1048576.0, range(split.classExamples())));
    lines.add("            shards of " + range(split.shardMebibytes()) + " MiB");
    if (split.spread() == null) {
      lines.add("            none of its shards is whole");
      return;
    }

    lines.add(
        format(
            "            largest class of a shard %s, smallest %s; a class differs by %d between shards",
            range(split.largestClass()), range(split.smallestClass()), split.spread()));
    boolean equal = isOne(split.width()) && isOne(split.height());
    lines.add(
        format(
            "            pictures of %s x %s pixels%s; %s",
            range(split.width()),
            range(split.height()),
            equal
                ? ""
                : format(", %.0f x %.0f on average", split.width().mean(), split.height().mean()),
            counts(split.formats())));
  }

  /** A text such as {@code 12} or {@code 12 to 13}. */
  private static String range(Inspection.Range range) {
    return isOne(range)
        ? format("%.0f", range.least())
        : format("%.0f to %.0f", range.least(), range.most());
  }

  /** Whether both ends are the same number when they are shown. */
  private static boolean isOne(Inspection.Range range) {
    return Math.round(range.least()) == Math.round(range.most());
  }

  private static String counts(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(count -> count.getKey() + " " + count.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
