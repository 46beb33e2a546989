package convoy.zoo.loops;

/** Softmax and cross-entropy. The sums within a row are in double. */
public final class SoftmaxStep implements OutputStep {
  private final PlainTensor input;
  private final PlainTensor output;
  private final double weight;
  private int[] labels = {};

  /**
   * @param weight of the loss in the gradient
   */
  public SoftmaxStep(PlainTensor input, PlainTensor output, double weight) {
    this.input = input;
    this.output = output;
    this.weight = weight;
  }

  @Override
  public void forward(int size, Mode mode) {
    float[] row = new float[input.shape().size()];
    for (int picture = 0; picture < size; picture++) {
      input.values().get(picture * row.length, row);
      double greatest = greatest(row);
      double sum = sumOfExponentials(row, greatest);
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) (StrictMath.exp(row[i] - greatest) / sum);
      }

      output.values().put(picture * row.length, row);
    }
  }

  @Override
  public double loss(int[] classes, int size) {
    this.labels = classes;
    float[] row = new float[input.shape().size()];
    double loss = 0;
    for (int picture = 0; picture < size; picture++) {
      input.values().get(picture * row.length, row);
      double greatest = greatest(row);
      loss += Math.log(sumOfExponentials(row, greatest)) + greatest - row[classes[picture]];
    }

    return loss;
  }

  @Override
  public void backward(int size) {
    float divisor = (float) (size / weight);
    float[] row = new float[input.shape().size()];
    for (int picture = 0; picture < size; picture++) {
      output.values().get(picture * row.length, row);
      row[labels[picture]] -= 1;
      for (int i = 0; i < row.length; i++) {
        row[i] /= divisor;
      }

      input.gradient().put(picture * row.length, row);
    }
  }

  private static double greatest(float[] row) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (float value : row) {
      greatest = Math.max(greatest, value);
    }

    return greatest;
  }

  private static double sumOfExponentials(float[] row, double greatest) {
    double sum = 0;
    for (float value : row) {
      sum += StrictMath.exp(value - greatest);
    }

    return sum;
  }
}
