package convoy.jobs.simulate;

import convoy.data.image.Picture;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Values of a layer: channels x height x width, in that order. */
public final class Planes {
  private final int channels;
  private final int height;
  private final int width;
  private final float[] values;

  /** Takes ownership of {@code values}. */
  Planes(int channels, int height, int width, float[] values) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.values = values;
  }

  public int channels() {
    return channels;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** The values themselves, not a copy. The caller must not change them. */
  float[] values() {
    return values;
  }

  /** Takes the pixels of a picture, 0 to 255. */
  public static Planes of(Picture picture) {
    int area = picture.width() * picture.height();
    float[] values = new float[picture.channels() * area];
    for (int i = 0; i < values.length; i++) {
      values[i % picture.channels() * area + i / picture.channels()] =
          Byte.toUnsignedInt(picture.pixels()[i]);
    }

    return new Planes(picture.channels(), picture.height(), picture.width(), values);
  }

  float at(int channel, int y, int x) {
    return values[(channel * height + y) * width + x];
  }

  /** The value at a place, or 0 outside. */
  float atOrZero(int channel, int y, int x) {
    return y < 0 || y >= height || x < 0 || x >= width ? 0 : at(channel, y, x);
  }

  /** Splits the planes into single channels. */
  public List<Planes> split() {
    int area = height * width;
    return IntStream.range(0, channels)
        .mapToObj(
            c -> new Planes(1, height, width, Arrays.copyOfRange(values, c * area, (c + 1) * area)))
        .toList();
  }

  public float least() {
    float least = Float.POSITIVE_INFINITY;
    for (float value : values) {
      least = Math.min(least, value);
    }

    return least;
  }

  public float greatest() {
    float greatest = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      greatest = Math.max(greatest, value);
    }

    return greatest;
  }

  @Override
  public String toString() {
    return channels + " x " + height + " x " + width;
  }
}
