package convoy.data.transform;

import convoy.data.image.Picture;
import java.util.Arrays;

/**
 * Bilinear resizing whose triangle widens when it shrinks, so that fine patterns average out
 * instead of flickering: what Pillow, and torchvision with antialias, do. Whole-number arithmetic
 * gives the same bytes on every machine.
 */
public final class Resampler {
  private static final int PRECISION_BITS = Weights.PRECISION_BITS;

  private Resampler() {}

  /** Resized so that the short side has {@code side} pixels; the long one keeps the aspect. */
  public static Picture shortSide(Picture picture, int side) {
    int width = picture.width();
    int height = picture.height();
    if (Math.min(width, height) == side) {
      return picture;
    }

    return width <= height
        ? resize(picture, side, Math.toIntExact((long) side * height / width))
        : resize(picture, Math.toIntExact((long) side * width / height), side);
  }

  /** Resized to exactly this size. */
  public static Picture resize(Picture picture, int width, int height) {
    Picture across = width == picture.width() ? picture : horizontal(picture, width);
    return height == picture.height() ? across : vertical(across, height);
  }

  private static Picture horizontal(Picture picture, int width) {
    Weights weights = Weights.of(picture.width(), width);
    int channels = picture.channels();
    byte[] from = picture.pixels();
    byte[] to = new byte[Math.multiplyExact(Math.multiplyExact(width, picture.height()), channels)];
    int at = 0;
    for (int y = 0; y < picture.height(); y++) {
      int row = y * picture.width() * channels;
      for (int x = 0; x < width; x++) {
        int first = row + weights.first[x] * channels;
        int[] factors = weights.factors[x];
        for (int channel = 0; channel < channels; channel++) {
          int sum = 1 << (PRECISION_BITS - 1);
          for (int i = 0, source = first + channel; i < factors.length; i++, source += channels) {
            sum += (from[source] & 0xff) * factors[i];
          }

          to[at++] = pixel(sum);
        }
      }
    }

    return new Picture(width, picture.height(), channels, to);
  }

  private static Picture vertical(Picture picture, int height) {
    Weights weights = Weights.of(picture.height(), height);
    int row = picture.width() * picture.channels();
    byte[] from = picture.pixels();
    byte[] to = new byte[Math.multiplyExact(row, height)];
    int[] sums = new int[row];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, 1 << (PRECISION_BITS - 1));
      int[] factors = weights.factors[y];
      for (int i = 0; i < factors.length; i++) {
        int factor = factors[i];
        int source = (weights.first[y] + i) * row;
        for (int x = 0; x < row; x++) {
          sums[x] += (from[source + x] & 0xff) * factor;
        }
      }

      for (int x = 0; x < row; x++) {
        to[y * row + x] = pixel(sums[x]);
      }
    }

    return new Picture(picture.width(), height, picture.channels(), to);
  }

  private static byte pixel(int sum) {
    return (byte) Math.min(255, sum >> PRECISION_BITS);
  }
}
