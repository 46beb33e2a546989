package convoy.jobs.evaluate;

import convoy.jobs.base.UserException;
import convoy.jobs.predict.Ranking;
import java.io.Serializable;

/**
 * The result of one row group: true and predicted labels, top-5 hits and loss. Sums have the order
 * of the rows.
 */
final class RowGroupTally implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int TOP = 5;

  /** The smallest normal float. It limits the loss of an example to 87.3. */
  private static final double LEAST_PROBABILITY = Float.MIN_NORMAL;

  private final int rowGroup;
  private final int[] labels;
  private final int[] predicted;
  private int examples;
  private int top5;
  private double loss;

  /**
   * @param rowGroup index over all shards of the split, in manifest order
   * @param expected number of its examples in the manifest
   */
  RowGroupTally(int rowGroup, int expected) {
    this.rowGroup = rowGroup;
    this.labels = new int[expected];
    this.predicted = new int[expected];
  }

  void add(int label, float[] probabilities) {
    if (examples == labels.length) {
      throw UserException.badData(
          "row group %d has more than the %d rows of the manifest: prepare again"
              .formatted(rowGroup, examples));
    }

    labels[examples] = label;
    predicted[examples] = Ranking.top(probabilities, 1)[0];
    examples++;
    float probability = probabilities[label];
    if (Float.isNaN(probability)) {
      loss = Double.NaN;
    } else {
      top5 += Ranking.rank(probabilities, label) < TOP ? 1 : 0;
      loss -= Math.log(Math.max(probability, LEAST_PROBABILITY));
    }
  }

  int rowGroup() {
    return rowGroup;
  }

  /** The number of examples in the manifest. */
  int expected() {
    return labels.length;
  }

  int examples() {
    return examples;
  }

  int top5() {
    return top5;
  }

  double loss() {
    return loss;
  }

  int label(int row) {
    return labels[row];
  }

  int predicted(int row) {
    return predicted[row];
  }
}
