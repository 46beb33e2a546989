package convoy.zoo.reference;

import convoy.zoo.graph.Rbf;
import java.util.Arrays;

/**
 * The end of the network or of an auxiliary classifier: a softmax, or LeNet-5's distances to codes.
 */
final class Output {
  private final Rbf rbf;
  private final Tensor input;
  private final int classes;

  /**
   * @param rbf the distances, or null for a softmax
   */
  Output(Rbf rbf, Tensor input, int classes) {
    this.rbf = rbf;
    this.input = input;
    this.classes = classes;
  }

  /** Returns the probabilities of all pictures, with one row for each. */
  double[] probabilities() {
    double[] rows = new double[input.batch() * classes];
    for (int picture = 0; picture < input.batch(); picture++) {
      double[] row = row(picture);
      double[] scores =
          rbf != null
              ? Arrays.stream(distances(rbf, row)).map(distance -> -distance).toArray()
              : row;
      System.arraycopy(softmax(scores), 0, rows, picture * classes, classes);
    }

    return rows;
  }

  private double[] row(int picture) {
    int length = input.shape().size();
    return Arrays.copyOfRange(input.values(), picture * length, (picture + 1) * length);
  }

  double loss(int[] labels) {
    double sum = 0;
    for (int picture = 0; picture < labels.length; picture++) {
      sum += loss(row(picture), labels[picture]);
    }

    return sum;
  }

  // LeNet-5's loss is equation 9 of LeCun et al. 1998; the loss of a softmax is the cross-entropy.
  private double loss(double[] row, int label) {
    if (rbf != null) {
      double[] distances = distances(rbf, row);
      double rivals = Math.exp(-rbf.j());
      for (double distance : distances) {
        rivals += Math.exp(-distance);
      }

      return distances[label] + Math.log(rivals);
    }

    return -Math.log(softmax(row)[label]);
  }

  /** Adds the gradient of {@code weight} times the sum of losses. */
  void backward(int[] labels, double weight) {
    for (int picture = 0; picture < labels.length; picture++) {
      double[] row = row(picture);
      double[] gradient =
          rbf != null ? gradient(rbf, row, labels[picture]) : gradient(row, labels[picture]);
      for (int i = 0; i < row.length; i++) {
        input.gradient()[picture * row.length + i] += weight * gradient[i];
      }
    }
  }

  private static double[] gradient(double[] row, int label) {
    double[] gradient = softmax(row);
    gradient[label] -= 1;
    return gradient;
  }

  private static double[] gradient(Rbf rbf, double[] row, int label) {
    double[] distances = distances(rbf, row);
    double rivals = Math.exp(-rbf.j());
    for (double distance : distances) {
      rivals += Math.exp(-distance);
    }

    double[] gradient = new double[row.length];
    for (int code = 0; code < distances.length; code++) {
      double factor = (code == label ? 1 : 0) - Math.exp(-distances[code]) / rivals;
      for (int i = 0; i < row.length; i++) {
        gradient[i] += factor * 2 * (row[i] - rbf.codes().get(code).get(i));
      }
    }

    return gradient;
  }

  private static double[] softmax(double[] scores) {
    double most = Arrays.stream(scores).max().orElseThrow();
    double[] result = Arrays.stream(scores).map(s -> Math.exp(s - most)).toArray();
    double sum = Arrays.stream(result).sum();
    return Arrays.stream(result).map(value -> value / sum).toArray();
  }

  private static double[] distances(Rbf rbf, double[] row) {
    double[] result = new double[rbf.codes().size()];
    for (int code = 0; code < result.length; code++) {
      for (int i = 0; i < row.length; i++) {
        result[code] += Math.pow(row[i] - rbf.codes().get(code).get(i), 2);
      }
    }

    return result;
  }
}
