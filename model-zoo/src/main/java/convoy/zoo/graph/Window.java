package convoy.zoo.graph;

/**
 * A square window that slides over planes, written as {@code kernel(11).stride(4).padding(2)}.
 *
 * @param hanging whether a last window that extends beyond the edge counts, as in Caffe's pooling
 */
public record Window(int kernel, int stride, int padding, boolean hanging) {
  public Window {
    if (kernel < 1 || stride < 1 || padding < 0 || padding > kernel) {
      throw new IllegalArgumentException(
          "kernel %d, stride %d, padding %d: kernel and stride are at least 1, padding is 0 to kernel"
              .formatted(kernel, stride, padding));
    }
  }

  /** Returns a window with stride 1 and no padding that rounds the output size down. */
  public static Window kernel(int size) {
    return new Window(size, 1, 0, false);
  }

  public Window stride(int pixels) {
    return new Window(kernel, pixels, padding, hanging);
  }

  public Window padding(int pixels) {
    return new Window(kernel, stride, pixels, hanging);
  }

  /**
   * Returns the same window with an output size that is rounded up: a last window may extend beyond
   * the edge.
   */
  public Window ceil() {
    return new Window(kernel, stride, padding, true);
  }

  /**
   * Returns the number of windows along a side of {@code size} values, which is less than 1 if none
   * fits. With ceil, the last window starts inside the input or its left padding, never in the
   * right padding.
   */
  public int count(int size) {
    int room = size + 2 * padding - kernel;
    int floored = Math.floorDiv(room, stride) + 1;
    if (!hanging) {
      return floored;
    }

    int ceiled = Math.floorDiv(room + stride - 1, stride) + 1;
    return (ceiled - 1) * stride >= size + padding ? ceiled - 1 : ceiled;
  }

  /** Returns the output shape of this window for planes, with so many output channels. */
  Shape over(Shape input, int channels) {
    int height = count(input.height());
    int width = count(input.width());
    if (height < 1 || width < 1) {
      throw new TooSmallException(
          "a kernel of %d with padding %d does not fit into %s".formatted(kernel, padding, input));
    }
    return new Shape(channels, height, width);
  }
}
