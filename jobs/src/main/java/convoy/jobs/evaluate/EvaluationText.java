package convoy.jobs.evaluate;

import convoy.jobs.evaluate.EvaluationResult.ClassAccuracy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** An evaluation as text: the result first, then the classes, then the confusions. */
public final class EvaluationText {
  /** With more classes the matrix is hard to read, so only frequent confusions are shown. */
  private static final int MATRIX_CLASSES = 20;

  private static final int CONFUSIONS = 20;
  private static final int NAME_WIDTH = 32;
  private static final int LABEL_WIDTH = 5;

  private EvaluationText() {}

  private record Mistake(int label, int predicted, long examples) {}

  /**
   * Lines without the last line break; the first is {@code top-1 0.9893 (10,000 examples)}.
   *
   * @param columns a matrix that is wider is replaced by the most frequent confusions
   */
  public static String of(EvaluationResult result, int columns) {
    StringBuilder text = new StringBuilder();
    line(text, "top-1 %.4f (%,d examples)", result.top1(), result.examples());
    if (result.showsTop5()) {
      line(text, "top-5 %.4f", result.top5());
    }

    line(text, "loss  %.4f", result.loss());
    classes(result, text);
    int cell = cell(result);
    int classes = result.perClass().size();
    if (classes <= MATRIX_CLASSES && LABEL_WIDTH + classes * (2 + cell) <= columns) {
      matrix(result, cell, text);
    } else {
      mistakes(result, text);
    }

    return text.toString().stripTrailing();
  }

  private static void classes(EvaluationResult result, StringBuilder text) {
    int width = width(result.perClass());
    line(text, "%n%5s  %-" + width + "s  %9s  %8s", "label", "class", "examples", "accuracy");
    for (ClassAccuracy one : result.perClass()) {
      line(
          text,
          "%5d  %-" + width + "s  %,9d  %8s",
          one.label(),
          name(one),
          one.examples(),
          one.accuracy() == null ? "-" : String.format(Locale.ROOT, "%.4f", one.accuracy()));
    }
  }

  /** The width of the matrix's numbers. */
  private static int cell(EvaluationResult result) {
    int width = 5;
    for (List<Long> row : result.confusion()) {
      for (long count : row) {
        width = Math.max(width, String.valueOf(count).length());
      }
    }

    return width;
  }

  private static void matrix(EvaluationResult result, int width, StringBuilder text) {
    int classes = result.perClass().size();
    line(text, "%nconfusion: rows are true labels, columns predicted ones");
    StringBuilder heading = new StringBuilder("     ");
    for (int label = 0; label < classes; label++) {
      heading.append(String.format(Locale.ROOT, "  %" + width + "d", label));
    }

    line(text, "%s", heading);
    for (int label = 0; label < classes; label++) {
      StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%5d", label));
      for (long count : result.confusion().get(label)) {
        row.append(String.format(Locale.ROOT, "  %" + width + "d", count));
      }

      line(text, "%s", row);
    }
  }

  private static void mistakes(EvaluationResult result, StringBuilder text) {
    List<Mistake> mistakes = new ArrayList<>();
    for (int label = 0; label < result.confusion().size(); label++) {
      List<Long> row = result.confusion().get(label);
      for (int predicted = 0; predicted < row.size(); predicted++) {
        if (predicted != label && row.get(predicted) > 0) {
          mistakes.add(new Mistake(label, predicted, row.get(predicted)));
        }
      }
    }

    mistakes.sort(Comparator.comparingLong(Mistake::examples).reversed());
    line(text, "%nmost frequent confusions (all of them are in the JSON)");
    for (Mistake mistake : mistakes.subList(0, Math.min(CONFUSIONS, mistakes.size()))) {
      line(
          text,
          "%,9d  %s taken for %s",
          mistake.examples(),
          name(result.perClass().get(mistake.label())),
          name(result.perClass().get(mistake.predicted())));
    }
  }

  private static int width(List<ClassAccuracy> classes) {
    return classes.stream().mapToInt(one -> name(one).length()).max().orElse(1);
  }

  private static String name(ClassAccuracy one) {
    String name = one.words() == null ? one.name() : one.name() + " " + one.words();
    return name.length() <= NAME_WIDTH ? name : name.substring(0, NAME_WIDTH - 1) + "…";
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }
}
