package convoy.zoo.graph;

/**
 * The arithmetic of convolution and pooling layers. F is the side of the kernel, S the stride, and
 * P the padding on each side. W1 and W2 are the sides of input and output, D1 is the number of
 * input channels, and K is the number of filters.
 */
public final class LayerArithmetic {
  private LayerArithmetic() {}

  /**
   * The numbers of zeros before and after a line. If their sum is odd, there is one more after the
   * line, as in TensorFlow.
   *
   * @param before zeros at the left and at the top
   * @param after zeros at the right and at the bottom
   */
  public record Padding(int before, int after) {
    /** Valid padding: all windows lie inside the input. */
    public static final Padding NONE = new Padding(0, 0);
  }

  /**
   * Returns W2 = (W1 - F + 2P) / S + 1, rounded down. The result is less than 1 if no window fits.
   */
  public static int outputSize(int input, int kernel, int stride, int padding) {
    return new Window(kernel, stride, padding, false).count(input);
  }

  /** Returns W2 rounded up: the last window may extend beyond the edge, as in Caffe's pooling. */
  public static int outputSizeCeil(int input, int kernel, int stride, int padding) {
    return new Window(kernel, stride, padding, true).count(input);
  }

  /**
   * Returns W2 for padding that differs between the two ends: (W1 - F + before + after) / S + 1.
   */
  public static int outputSize(int input, int kernel, int stride, Padding padding) {
    return Math.floorDiv(input - kernel + padding.before() + padding.after(), stride) + 1;
  }

  /**
   * Returns the padding that makes W2 = W1 / S, rounded up. With stride 1 the size stays the same.
   */
  public static Padding same(int input, int kernel, int stride) {
    int windows = (input + stride - 1) / stride;
    int zeros = Math.max(0, (windows - 1) * stride + kernel - input);
    return new Padding(zeros / 2, zeros - zeros / 2);
  }

  /** Returns the number of parameters: F * F * D1 * K weights and K biases. */
  public static long convolutionParameters(int kernel, int channels, int filters) {
    return (long) kernel * kernel * channels * filters + filters;
  }

  /** Returns F * F * D1 products for each of the W2 * H2 * K outputs. */
  public static long convolutionMultiplyAdds(
      int kernel, int channels, int filters, int outputWidth, int outputHeight) {
    return (long) kernel * kernel * channels * filters * outputWidth * outputHeight;
  }
}
