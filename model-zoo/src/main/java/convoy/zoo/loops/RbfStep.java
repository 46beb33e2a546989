package convoy.zoo.loops;

import convoy.zoo.graph.Rbf;
import java.util.List;

/**
 * LeNet-5's output: squared distances to fixed codes, with the loss of equation 9 (LeCun et al.
 * 1998).
 */
public final class RbfStep implements OutputStep {
  private final PlainTensor input;
  private final PlainTensor output;
  private final float[][] codes;
  private final double j;
  private int[] labels = {};

  public RbfStep(Rbf layer, PlainTensor input, PlainTensor output) {
    this.input = input;
    this.output = output;
    this.j = layer.j();
    this.codes = new float[layer.codes().size()][];
    for (int code = 0; code < codes.length; code++) {
      List<Integer> signs = layer.codes().get(code);
      codes[code] = new float[signs.size()];
      for (int i = 0; i < signs.size(); i++) {
        codes[code][i] = signs.get(i);
      }
    }
  }

  @Override
  public void forward(int size, Mode mode) {
    float[] row = new float[input.shape().size()];
    float[] probabilities = new float[codes.length];
    for (int picture = 0; picture < size; picture++) {
      double[] distances = distances(picture, row);
      double nearest = nearest(distances);
      double sum = 0;
      for (double distance : distances) {
        sum += StrictMath.exp(nearest - distance);
      }

      for (int code = 0; code < codes.length; code++) {
        probabilities[code] = (float) (StrictMath.exp(nearest - distances[code]) / sum);
      }

      output.values().put(picture * codes.length, probabilities);
    }
  }

  @Override
  public double loss(int[] classes, int size) {
    this.labels = classes;
    float[] row = new float[input.shape().size()];
    double loss = 0;
    for (int picture = 0; picture < size; picture++) {
      double[] distances = distances(picture, row);
      double least = Math.min(j, nearest(distances));
      loss += distances[classes[picture]] - least + Math.log(rivals(distances, least));
    }

    return loss;
  }

  @Override
  public void backward(int size) {
    float[] row = new float[input.shape().size()];
    float[] gradient = new float[row.length];
    for (int picture = 0; picture < size; picture++) {
      double[] distances = distances(picture, row);
      double least = Math.min(j, nearest(distances));
      double rivals = rivals(distances, least);
      double[] pulls = new double[codes.length];
      for (int code = 0; code < codes.length; code++) {
        double pull = code == labels[picture] ? 1 : 0;
        pulls[code] = 2 * (pull - StrictMath.exp(least - distances[code]) / rivals) / size;
      }

      for (int i = 0; i < row.length; i++) {
        double sum = 0;
        for (int code = 0; code < codes.length; code++) {
          sum += pulls[code] * (row[i] - codes[code][i]);
        }

        gradient[i] = (float) sum;
      }

      input.gradient().put(picture * row.length, gradient);
    }
  }

  private double[] distances(int picture, float[] row) {
    input.values().get(picture * row.length, row);
    double[] distances = new double[codes.length];
    for (int code = 0; code < codes.length; code++) {
      for (int i = 0; i < row.length; i++) {
        double difference = row[i] - codes[code][i];
        distances[code] += difference * difference;
      }
    }

    return distances;
  }

  /**
   * Returns the sum of exp(-j) and exp(-distance) of all classes, multiplied by exp(least) to stay
   * in range.
   */
  private double rivals(double[] distances, double least) {
    double sum = StrictMath.exp(least - j);
    for (double distance : distances) {
      sum += StrictMath.exp(least - distance);
    }

    return sum;
  }

  private static double nearest(double[] distances) {
    double nearest = Double.POSITIVE_INFINITY;
    for (double distance : distances) {
      nearest = Math.min(nearest, distance);
    }

    return nearest;
  }
}
