package convoy.data.pipeline;

import convoy.data.resample.Luma;
import convoy.data.resample.Rows;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;

/** Converts a square picture to floats: it normalises and changes HWC to CHW in one pass. */
final class NetworkInput {
  private final int size;
  private final int channels;
  private final int[] colours;

  /** The network input is level * factor + offset, with a factor and an offset for each channel. */
  private final float[] factors;

  private final float[] offsets;

  NetworkInput(Preprocessing preprocessing) {
    this.size = preprocessing.inputSize();
    this.channels = preprocessing.inputChannels();
    this.colours = IntStream.range(0, channels).map(preprocessing::colour).toArray();
    this.factors = new float[channels];
    this.offsets = new float[channels];
    for (int channel = 0; channel < channels; channel++) {
      double std = preprocessing.std().get(channel);
      factors[channel] = (float) (preprocessing.scale() / std);
      offsets[channel] = (float) (-preprocessing.mean().get(channel) / std);
    }
  }

  /** Returns the number of floats that {@link #write} writes: channels * size * size. */
  int length() {
    return channels * size * size;
  }

  /** Writes a picture of the input's size. Gray is written to all three channels. */
  void write(Rows square, FloatBuffer into) {
    boolean colour = square.channels() == 3;
    Levels levels = new Levels(size);
    float[] row = new float[size];
    int start = into.position();
    square.forEach(
        (y, pixels) -> {
          if (colour && channels == 1) {
            Luma.of(pixels);
          }

          for (int channel = 0; channel < channels; channel++) {
            levels.read(pixels, colour ? colours[channel] : 0, row);
            normalise(row, factors[channel], offsets[channel]);
            into.put(start + (channel * size + y) * size, row);
          }
        });
    into.position(start + length());
  }

  private static void normalise(float[] row, float factor, float offset) {
    for (int x = 0; x < row.length; x++) {
      row[x] = (row[x] - Levels.ZERO) * factor + offset;
    }
  }
}
