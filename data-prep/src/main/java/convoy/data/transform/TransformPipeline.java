package convoy.data.transform;

import convoy.data.image.Picture;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;

/** Transforms in order, then normalisation and the turn from HWC to CHW in one pass. */
final class TransformPipeline implements Pipeline {
  private final List<Transform> transforms;
  private final int size;
  private final int channels;
  private final int[] colours;

  /** Network input of each channel for each of the 256 pixel values. */
  private final float[][] inputs;

  TransformPipeline(List<Transform> transforms, Preprocessing preprocessing) {
    this.transforms = List.copyOf(transforms);
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

  @Override
  public void apply(Picture picture, long seed, FloatBuffer into) {
    Picture square = picture;
    for (int i = 0; i < transforms.size(); i++) {
      square = transforms.get(i).apply(square, Draws.of(seed, i));
    }

    if (square.channels() == 3 && channels == 1) {
      square = Luma.of(square);
    }

    normalise(square, into);
  }

  private void normalise(Picture square, FloatBuffer into) {
    byte[] pixels = square.pixels();
    int step = square.channels();
    float[] row = new float[size];
    for (int channel = 0; channel < channels; channel++) {
      float[] table = inputs[channel];
      // Gray stands for all three channels.
      int at = step == 1 ? 0 : colours[channel];
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          row[x] = table[pixels[at] & 0xff];
          at += step;
        }

        into.put(row);
      }
    }
  }

  @Override
  public int length() {
    return channels * size * size;
  }
}
