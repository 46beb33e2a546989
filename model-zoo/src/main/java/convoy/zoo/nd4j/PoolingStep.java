package convoy.zoo.nd4j;

import convoy.zoo.graph.Pooling;
import convoy.zoo.graph.Shape;
import convoy.zoo.loops.Step;
import java.util.Arrays;

/**
 * Max and average pooling with exactly the zoo's windows. Padding and places beyond the edge count
 * neither in the maximum nor in the divisor. The step works on one plane at a time.
 */
final class PoolingStep implements Step {
  private final Pooling layer;
  private final Tensor input;
  private final Tensor output;
  // The place of each maximum in its plane, only in training. Of equal values the first counts.
  private final int[] places;

  PoolingStep(Pooling layer, Tensor input, Tensor output, int batch) {
    this.layer = layer;
    this.input = input;
    this.output = output;
    this.places =
        input.differentiable() && max()
            ? new int[Math.multiplyExact(batch, output.shape().size())]
            : null;
  }

  private boolean max() {
    return layer.mode() == Pooling.Mode.MAX;
  }

  @Override
  public void forward(int size, Mode mode) {
    Shape in = input.shape();
    Shape out = output.shape();
    int inArea = in.height() * in.width();
    int outArea = out.height() * out.width();
    float[] plane = new float[inArea];
    float[] result = new float[outArea];
    int[] place = new int[outArea];
    for (int i = 0; i < size * in.channels(); i++) {
      input.values().get(i * inArea, plane);
      if (max()) {
        maxima(plane, result, place);
        if (places != null) {
          System.arraycopy(place, 0, places, i * outArea, outArea);
        }
      } else {
        averages(plane, result);
      }

      output.values().put(i * outArea, result);
    }
  }

  private void maxima(float[] plane, float[] result, int[] place) {
    int width = input.shape().width();
    int at = 0;
    for (int y = 0; y < output.shape().height(); y++) {
      int top = Math.max(0, y * layer.stride() - layer.padding());
      int bottom = end(y, input.shape().height());
      for (int x = 0; x < output.shape().width(); x++) {
        int left = Math.max(0, x * layer.stride() - layer.padding());
        int right = end(x, width);
        int best = top * width + left;
        for (int row = top; row < bottom; row++) {
          for (int i = row * width + left; i < row * width + right; i++) {
            // NaN wins over all other values, so that the check for finite values sees it.
            if (plane[i] > plane[best] || Float.isNaN(plane[i])) {
              best = i;
            }
          }
        }

        result[at] = plane[best];
        place[at] = best;
        at++;
      }
    }
  }

  private void averages(float[] plane, float[] result) {
    int width = input.shape().width();
    int at = 0;
    for (int y = 0; y < output.shape().height(); y++) {
      int top = Math.max(0, y * layer.stride() - layer.padding());
      int bottom = end(y, input.shape().height());
      for (int x = 0; x < output.shape().width(); x++) {
        int left = Math.max(0, x * layer.stride() - layer.padding());
        int right = end(x, width);
        float sum = 0;
        for (int row = top; row < bottom; row++) {
          for (int i = row * width + left; i < row * width + right; i++) {
            sum += plane[i];
          }
        }

        result[at] = sum / ((bottom - top) * (right - left));
        at++;
      }
    }
  }

  private int end(int window, int length) {
    return Math.min(length, window * layer.stride() - layer.padding() + layer.kernel());
  }

  @Override
  public void backward(int size) {
    if (!input.differentiable()) {
      return;
    }

    int inArea = input.shape().height() * input.shape().width();
    int outArea = output.shape().height() * output.shape().width();
    float[] plane = new float[inArea];
    float[] result = new float[outArea];
    for (int i = 0; i < size * input.shape().channels(); i++) {
      output.gradient().get(i * outArea, result);
      Arrays.fill(plane, 0);
      if (max()) {
        for (int at = 0; at < outArea; at++) {
          plane[places[i * outArea + at]] += result[at];
        }
      } else {
        spread(result, plane);
      }

      input.gradient().put(i * inArea, plane);
    }
  }

  private void spread(float[] result, float[] plane) {
    int width = input.shape().width();
    int at = 0;
    for (int y = 0; y < output.shape().height(); y++) {
      int top = Math.max(0, y * layer.stride() - layer.padding());
      int bottom = end(y, input.shape().height());
      for (int x = 0; x < output.shape().width(); x++) {
        int left = Math.max(0, x * layer.stride() - layer.padding());
        int right = end(x, width);
        float part = result[at] / ((bottom - top) * (right - left));
        for (int row = top; row < bottom; row++) {
          for (int i = row * width + left; i < row * width + right; i++) {
            plane[i] += part;
          }
        }

        at++;
      }
    }
  }
}
