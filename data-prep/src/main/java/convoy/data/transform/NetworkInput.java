package convoy.data.transform;

import convoy.data.image.Picture;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;

/** From a square picture to floats: normalisation and the turn from HWC to CHW in one pass. */
final class NetworkInput {
  private final int size;
  private final int channels;
  private final int[] colours;

  /** Network input of each channel for each of the 256 pixel values. */
  private final float[][] inputs;

  NetworkInput(Preprocessing preprocessing) {
    this.size = preprocessing.inputSize();
    this.channels = preprocessing.inputChannels();
    this.colours = IntStream.range(0, channels).map(preprocessing::colour).toArray();
    this.inputs = new float[channels][256];
    for (int channel = 0; channel < channels; channel++) {
      double mean = preprocessing.mean().get(channel);
      double std = preprocessing.std().get(channel);
      for (int pixel = 0; pixel < 256; pixel++) {
        inputs[channel][pixel] = (float) ((pixel * preprocessing.scale() - mean) / std);
      }
    }
  }

  /** Floats that {@link #write} writes: channels * size * size. */
  int length() {
    return channels * size * size;
  }

  /** Writes a picture of the input's size; gray stands for all three channels. */
  void write(Picture square, FloatBuffer into) {
    Picture seen = square.channels() == 3 && channels == 1 ? Luma.of(square) : square;
    byte[] pixels = seen.pixels();
    float[] row = new float[size];
    for (int channel = 0; channel < channels; channel++) {
      for (int y = 0; y < size; y++) {
        if (seen.channels() == 3) {
          colour(pixels, y * size * 3 + colours[channel], inputs[channel], row);
        } else {
          gray(pixels, y * size, inputs[channel], row);
        }

        into.put(row);
      }
    }
  }

  private static void colour(byte[] pixels, int at, float[] table, float[] row) {
    for (int x = 0; x < row.length; x++) {
      row[x] = table[pixels[at + 3 * x] & 0xff];
    }
  }

  private static void gray(byte[] pixels, int at, float[] table, float[] row) {
    for (int x = 0; x < row.length; x++) {
      row[x] = table[pixels[at + x] & 0xff];
    }
  }
}
