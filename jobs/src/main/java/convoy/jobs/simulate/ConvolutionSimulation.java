package convoy.jobs.simulate;

import java.util.Locale;

/** One convolution layer on one picture: w'x + b for each window and filter, then ReLU or not. */
public record ConvolutionSimulation(Filters filters, int stride, Border border, boolean relu) {

  /**
   * Applies the filters over all channels, or a kernel for one plane to each channel separately.
   */
  public Planes apply(Planes input) {
    int height = border.windows(input.height(), filters.size(), stride);
    int width = border.windows(input.width(), filters.size(), stride);
    int outputs = isForEachChannel(input) ? input.channels() : filters.count();
    float[] values = new float[outputs * height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = at(input, i / (height * width), i / width % height, i % width);
    }

    return new Planes(outputs, height, width, values);
  }

  /** Whether a kernel for one plane is applied to each channel of a colour picture. */
  public boolean isForEachChannel(Planes input) {
    return filters.channels() == 1 && filters.count() == 1 && input.channels() > 1;
  }

  /** The output at one place. */
  public float at(Planes input, int output, int y, int x) {
    double sum = 0;
    for (int i = 0; i < filters.channels() * filters.size() * filters.size(); i++) {
      sum += product(input, output, y, x, i);
    }

    float result = (float) (sum + filters.biases().get(filter(input, output)));
    return relu ? Math.max(0, result) : result;
  }

  /** The sum as text, with one line for each row of the kernel. */
  public String explain(Planes input, int output, int y, int x) {
    StringBuilder text = new StringBuilder();
    int size = filters.size();
    int products = filters.channels() * size * size;
    text.append("%d products at %d,%d:%n".formatted(products, x, y));
    double sum = 0;
    for (int i = 0; i < products; i++) {
      sum += product(input, output, y, x, i);
      text.append(
          String.format(
              Locale.ROOT,
              "%s%.4g * %.4g",
              i % size == 0 ? "  " : " + ",
              value(input, output, y, x, i),
              weight(input, output, i)));
      text.append(i % size == size - 1 ? System.lineSeparator() : "");
    }

    float bias = filters.biases().get(filter(input, output));
    text.append(
        String.format(
            Locale.ROOT,
            "w'x + b = %.6g + %.4g = %.6g%s%n",
            sum,
            bias,
            sum + bias,
            relu ? ", ReLU " + String.format(Locale.ROOT, "%.6g", at(input, output, y, x)) : ""));
    return text.toString();
  }

  private int filter(Planes input, int output) {
    return isForEachChannel(input) ? 0 : output;
  }

  private double product(Planes input, int output, int y, int x, int i) {
    return (double) value(input, output, y, x, i) * weight(input, output, i);
  }

  private float weight(Planes input, int output, int i) {
    return filters.weights().get(filter(input, output))[i];
  }

  /** The i-th value of a window. */
  private float value(Planes input, int output, int y, int x, int i) {
    int size = filters.size();
    int channel = isForEachChannel(input) ? output : i / (size * size);
    int top = y * stride - border.padding(input.height(), size, stride).before();
    int left = x * stride - border.padding(input.width(), size, stride).before();
    return input.atOrZero(channel, top + i / size % size, left + i % size);
  }
}
