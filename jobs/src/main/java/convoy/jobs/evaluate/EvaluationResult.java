package convoy.jobs.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The accuracy, loss and confusions of a model on a split.
 *
 * @param top1 share of examples whose label has the highest probability, 0 to 1
 * @param top5 share of examples whose label is among the five highest, 0 to 1
 * @param loss mean of -ln(probability of the label), with probabilities of at least 1.2e-38
 * @param confusion confusion.get(t).get(p): examples of class t taken for class p
 */
public record EvaluationResult(
    long examples,
    double top1,
    double top5,
    double loss,
    List<ClassAccuracy> perClass,
    List<List<Long>> confusion) {

  /** The result of one class. The accuracy is null if the split has no example of it. */
  public record ClassAccuracy(
      int label, String name, String words, long examples, long correct, Double accuracy) {}

  /** Whether top-5 says anything: with five classes or fewer it is always 1. */
  public boolean showsTop5() {
    return perClass.size() > 5;
  }

  record ClassLabel(String name, String words) {}

  /**
   * Adds up row groups in the order of the split, in whichever order they arrive.
   *
   * @throws IllegalStateException if a row group is missing, comes twice, or lacks rows
   */
  static EvaluationResult of(List<RowGroupTally> tallies, int rowGroups, List<ClassLabel> classes) {
    List<RowGroupTally> ordered = new ArrayList<>(tallies);
    ordered.sort(Comparator.comparingInt(RowGroupTally::rowGroup));
    checkComplete(ordered, rowGroups);

    long[][] confusion = new long[classes.size()][classes.size()];
    long examples = 0;
    long top5 = 0;
    double loss = 0;
    for (RowGroupTally tally : ordered) {
      for (int row = 0; row < tally.examples(); row++) {
        confusion[tally.label(row)][tally.predicted(row)]++;
      }

      examples += tally.examples();
      top5 += tally.top5();
      loss += tally.loss();
    }

    List<ClassAccuracy> perClass = new ArrayList<>();
    long correct = 0;
    for (int label = 0; label < confusion.length; label++) {
      perClass.add(classAccuracy(label, classes.get(label), confusion[label]));
      correct += confusion[label][label];
    }

    return new EvaluationResult(
        examples,
        (double) correct / examples,
        (double) top5 / examples,
        loss / examples,
        List.copyOf(perClass),
        lists(confusion));
  }

  private static void checkComplete(List<RowGroupTally> ordered, int rowGroups) {
    if (ordered.size() != rowGroups) {
      throw new IllegalStateException(
          ordered.size() + " row groups came back of " + rowGroups + " in the manifest");
    }

    for (int k = 0; k < rowGroups; k++) {
      RowGroupTally tally = ordered.get(k);
      if (tally.rowGroup() != k) {
        throw new IllegalStateException("row group " + k + " is missing, another came twice");
      }

      if (tally.examples() != tally.expected()) {
        throw new IllegalStateException(
            "row group %d gave %d of the %d examples in the manifest"
                .formatted(k, tally.examples(), tally.expected()));
      }
    }
  }

  private static ClassAccuracy classAccuracy(int label, ClassLabel name, long[] row) {
    long examples = 0;
    for (long count : row) {
      examples += count;
    }

    Double accuracy = examples == 0 ? null : (double) row[label] / examples;
    return new ClassAccuracy(label, name.name(), name.words(), examples, row[label], accuracy);
  }

  private static List<List<Long>> lists(long[][] counts) {
    List<List<Long>> rows = new ArrayList<>();
    for (long[] row : counts) {
      List<Long> list = new ArrayList<>(row.length);
      for (long count : row) {
        list.add(count);
      }

      rows.add(List.copyOf(list));
    }

    return List.copyOf(rows);
  }
}
