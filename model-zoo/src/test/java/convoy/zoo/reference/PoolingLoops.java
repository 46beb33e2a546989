package convoy.zoo.reference;

import convoy.zoo.graph.Pooling;

/**
 * Max pooling, which takes the first of equal values, or the average of the values inside the
 * picture.
 */
final class PoolingLoops implements Computation {
  private final Pooling layer;
  private final Tensor input;
  private final Tensor output;
  private final float[] replayed;
  private final int[] chosen;

  /**
   * @param replayed the input in a float run, which decides which value is the largest; null for
   *     this run's input
   */
  PoolingLoops(Pooling layer, Tensor input, Tensor output, float[] replayed) {
    this.layer = layer;
    this.input = input;
    this.output = output;
    this.replayed = replayed;
    this.chosen = new int[output.values().length];
  }

  /** Works on a place among the input's values, in the order of rows. */
  private interface Place {
    void take(int at);
  }

  @Override
  public void forward() {
    for (int i = 0; i < chosen.length; i++) {
      int result = i;
      if (layer.mode() == Pooling.Mode.MAX) {
        chosen[result] = -1;
        window(result, at -> choose(result, at));
        output.values()[result] = input.values()[chosen[result]];
      } else {
        window(result, at -> output.values()[result] += input.values()[at] / places(result));
      }
    }
  }

  private void choose(int result, int at) {
    if (chosen[result] < 0 || value(at) > value(chosen[result])) {
      chosen[result] = at;
    }
  }

  private double value(int at) {
    return replayed == null ? input.values()[at] : replayed[at];
  }

  private int places(int result) {
    int[] count = new int[1];
    window(result, at -> count[0]++);
    return count[0];
  }

  @Override
  public void backward() {
    for (int i = 0; i < chosen.length; i++) {
      double gradient = output.gradient()[i];
      if (layer.mode() == Pooling.Mode.MAX) {
        input.gradient()[chosen[i]] += gradient;
      } else {
        double part = gradient / places(i);
        window(i, at -> input.gradient()[at] += part);
      }
    }
  }

  private void window(int result, Place work) {
    int width = output.shape().width();
    int plane = result / output.area() * input.area();
    int top = result % output.area() / width * layer.stride() - layer.padding();
    int left = result % width * layer.stride() - layer.padding();
    int bottom = Math.min(input.shape().height(), top + layer.kernel());
    int right = Math.min(input.shape().width(), left + layer.kernel());
    for (int row = Math.max(0, top); row < bottom; row++) {
      for (int column = Math.max(0, left); column < right; column++) {
        work.take(plane + row * input.shape().width() + column);
      }
    }
  }
}
