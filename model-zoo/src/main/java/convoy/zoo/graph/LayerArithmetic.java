package convoy.zoo.graph;

/**
 * The arithmetic of convolution and pooling layers: F is the kernel's side, S the stride, P the
 * padding on each side, W1 and W2 the sides of input and output, D1 the input's channels, K the
 * filters.
 */
public final class LayerArithmetic {
  private LayerArithmetic() {}

  /**
   * Zeros on both sides of a line; with an odd sum the end has one more, as in TensorFlow.
   *
   * @param before at the left and the top
   * @param after at the right and the bottom
   */
  public record Padding(int before, int after) {
    /** Valid: windows lie inside the input. */
    public static final Padding NONE = new Padding(0, 0);
  }

  /** W2 = (W1 - F + 2P) / S + 1, rounded down; less than 1 where no window fits. */
  public static int outputSize(int input, int kernel, int stride, int padding) {
    return new Window(kernel, stride, padding, false).count(input);
  }

  /** The same rounded up: a last window may hang over the edge, as in Caffe's pooling. */
  public static int outputSizeCeil(int input, int kernel, int stride, int padding) {
    return new Window(kernel, stride, padding, true).count(input);
  }

  /** The same for zeros that differ at the two ends: (W1 - F + before + after) / S + 1. */
  public static int outputSize(int input, int kernel, int stride, Padding padding) {
    return Math.floorDiv(input - kernel + padding.before() + padding.after(), stride) + 1;
  }

  /** The padding that makes W2 = W1 / S, rounded up: the same size at stride 1. */
  public static Padding same(int input, int kernel, int stride) {
    int windows = (input + stride - 1) / stride;
    int zeros = Math.max(0, (windows - 1) * stride + kernel - input);
    return new Padding(zeros / 2, zeros - zeros / 2);
  }

  /** F * F * D1 * K weights and K biases. */
  public static long convolutionParameters(int kernel, int channels, int filters) {
    return (long) kernel * kernel * channels * filters + filters;
  }

  /** F * F * D1 products for each of W2 * H2 * K outputs. */
  public static long convolutionMultiplyAdds(
      int kernel, int channels, int filters, int outputWidth, int outputHeight) {
    return (long) kernel * kernel * channels * filters * outputWidth * outputHeight;
  }
}
