package convoy.jobs.simulate;

import java.util.Locale;

/** One pooling layer on one picture. Padding is not part of a maximum or a mean. */
public record PoolingSimulation(Mode mode, int size, int stride, Border border) {
  /** The value that is taken from a window. */
  public enum Mode {
    MAX,
    AVERAGE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Pools each channel of the picture. */
  public Planes apply(Planes input) {
    int height = border.windows(input.height(), size, stride);
    int width = border.windows(input.width(), size, stride);
    float[] values = new float[input.channels() * height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = at(input, i / (height * width), i / width % height, i % width);
    }

    return new Planes(input.channels(), height, width, values);
  }

  private float at(Planes input, int channel, int y, int x) {
    int top = y * stride - border.padding(input.height(), size, stride).before();
    int left = x * stride - border.padding(input.width(), size, stride).before();
    float greatest = Float.NEGATIVE_INFINITY;
    double sum = 0;
    int count = 0;
    for (int row = Math.max(0, top); row < Math.min(input.height(), top + size); row++) {
      for (int column = Math.max(0, left);
          column < Math.min(input.width(), left + size);
          column++) {
        greatest = Math.max(greatest, input.at(channel, row, column));
        sum += input.at(channel, row, column);
        count++;
      }
    }

    return mode == Mode.MAX ? greatest : (float) (sum / count);
  }
}
