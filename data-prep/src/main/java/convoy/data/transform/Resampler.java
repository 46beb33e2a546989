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

  /** Rounds to the nearest. */
  private static final int HALF = 1 << (PRECISION_BITS - 1);

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
    int row = picture.width() * channels;
    byte[] to = new byte[Math.multiplyExact(Math.multiplyExact(width, picture.height()), channels)];
    for (int y = 0; y < picture.height(); y++) {
      if (channels == 3) {
        colourRow(picture.pixels(), y * row, weights, to, y * width * 3);
      } else {
        grayRow(picture.pixels(), y * row, weights, to, y * width);
      }
    }

    return new Picture(width, picture.height(), channels, to);
  }

  private static void grayRow(byte[] from, int row, Weights weights, byte[] to, int at) {
    for (int x = 0; x < weights.first.length; x++) {
      int source = row + weights.first[x];
      int sum = HALF;
      for (int factor : weights.factors[x]) {
        sum += (from[source++] & 0xff) * factor;
      }

      to[at + x] = pixel(sum);
    }
  }

  /** As {@link #grayRow}, three channels at once: a third of the loads of the factors. */
  private static void colourRow(byte[] from, int row, Weights weights, byte[] to, int at) {
    int out = at;
    for (int x = 0; x < weights.first.length; x++) {
      int source = row + 3 * weights.first[x];
      int red = HALF;
      int green = HALF;
      int blue = HALF;
      for (int factor : weights.factors[x]) {
        red += (from[source] & 0xff) * factor;
        green += (from[source + 1] & 0xff) * factor;
        blue += (from[source + 2] & 0xff) * factor;
        source += 3;
      }

      to[out] = pixel(red);
      to[out + 1] = pixel(green);
      to[out + 2] = pixel(blue);
      out += 3;
    }
  }

  private static Picture vertical(Picture picture, int height) {
    Weights weights = Weights.of(picture.height(), height);
    int row = picture.width() * picture.channels();
    byte[] from = picture.pixels();
    byte[] to = new byte[Math.multiplyExact(row, height)];
    int[] sums = new int[row];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, HALF);
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
