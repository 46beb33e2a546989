package convoy.jobs.prepare;

import convoy.data.source.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Counts of equal content under several names, found by its hash. If content is in two classes, one
 * label is wrong. If it is in both splits, the validation accuracy is too high.
 *
 * @param inClasses number of contents that are in two classes or more
 * @param inSplits number of contents that are in train and val
 * @param first two keys of the first such content as text, or null if there is none
 */
record Duplicates(long inClasses, long inSplits, String first) {
  /** A reason in quarantine.jsonl. */
  static final String IN_CLASSES = "duplicate-in-classes";

  static final String IN_SPLITS = "duplicate-in-splits";
  static final String DUPLICATE = "duplicate";

  boolean none() {
    return inClasses + inSplits == 0;
  }

  /** A text such as {@code 3 in two classes, 1 in both splits}. */
  String summary() {
    return inClasses + " in two classes, " + inSplits + " in both splits";
  }

  /** Counts among the good items; {@code train} is true for the index of an item in train. */
  static Duplicates count(List<Item> items, List<Checked> checked, IntPredicate train) {
    long inClasses = 0;
    long inSplits = 0;
    String first = null;
    for (List<Integer> copies : groups(checked)) {
      boolean classes = copies.stream().map(i -> items.get(i).label()).distinct().count() > 1;
      boolean splits = copies.stream().map(train::test).distinct().count() > 1;
      inClasses += classes ? 1 : 0;
      inSplits += splits ? 1 : 0;
      if (first == null && (classes || splits)) {
        first = items.get(copies.get(0)).key() + " = " + items.get(copies.get(1)).key();
      }
    }

    return new Duplicates(inClasses, inSplits, first);
  }

  /**
   * The results of the check with duplicates rejected. If val is drawn from train, copies in one
   * class are rejected too, as the draw could put them into different splits.
   */
  static List<Checked> reject(List<Item> items, List<Checked> checked, boolean drawn) {
    List<Checked> kept = new ArrayList<>(checked);
    for (List<Integer> copies : groups(checked)) {
      boolean classes = copies.stream().map(i -> items.get(i).label()).distinct().count() > 1;
      boolean held = copies.stream().anyMatch(i -> items.get(i).split().equals(Item.VALIDATION));
      for (int i = 0; i < copies.size(); i++) {
        int copy = copies.get(i);
        String format = checked.get(copy).format();
        String same = "the same bytes as " + items.get(copies.get(i == 0 ? 1 : 0)).key();
        if (classes) {
          kept.set(copy, Checked.rejected(format, IN_CLASSES, same));
        } else if (held && items.get(copy).split().equals(Item.TRAIN)) {
          kept.set(copy, Checked.rejected(format, IN_SPLITS, same));
        } else if (drawn && i > 0) {
          kept.set(copy, Checked.rejected(format, DUPLICATE, same));
        }
      }
    }

    return kept;
  }

  /** Groups of items with equal content; items and groups have the order of the listing. */
  private static List<List<Integer>> groups(List<Checked> checked) {
    Comparator<Integer> byContent =
        Comparator.comparingLong((Integer i) -> checked.get(i).hash().high())
            .thenComparingLong(i -> checked.get(i).hash().low());
    List<Integer> sorted =
        IntStream.range(0, checked.size())
            .filter(i -> checked.get(i).good())
            .boxed()
            .sorted(byContent)
            .toList();
    List<List<Integer>> groups = new ArrayList<>();
    for (int from = 0; from < sorted.size(); ) {
      int to = from + 1;
      while (to < sorted.size() && byContent.compare(sorted.get(from), sorted.get(to)) == 0) {
        to++;
      }

      if (to - from > 1) {
        groups.add(sorted.subList(from, to));
      }

      from = to;
    }

    groups.sort(Comparator.comparing(group -> group.get(0)));
    return groups;
  }
}
