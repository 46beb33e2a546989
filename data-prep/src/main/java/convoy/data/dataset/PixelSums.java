package convoy.data.dataset;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import convoy.data.image.Picture;
import java.io.Serializable;

/**
 * Sums over pixels in 0..255, for mean, deviation and covariance of R, G and B. The sums are
 * integers, so neither the order of the pictures nor the number of machines changes them. A gray
 * pixel counts in all three channels.
 */
public final class PixelSums implements Serializable {
  private static final long serialVersionUID = 1L;
  private long pixels;
  private final long[] sums = new long[3];

  /** The sums of R*R, R*G, R*B, G*G, G*B and B*B. */
  private final long[] products = new long[6];

  public static PixelSums of(Picture picture) {
    PixelSums sums = new PixelSums();
    sums.pixels = (long) picture.width() * picture.height();
    if (picture.channels() == 1) {
      sums.addGray(picture.pixels());
    } else {
      sums.addColour(picture.pixels());
    }

    return sums;
  }

  /**
   * Restores the sums from the result of {@link #numbers}.
   *
   * @throws IllegalArgumentException unless there are 10 numbers
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static PixelSums ofNumbers(long... numbers) {
    if (numbers.length != 10) {
      throw new IllegalArgumentException("sums have 10 numbers, not " + numbers.length);
    }

    PixelSums sums = new PixelSums();
    sums.pixels = numbers[0];
    System.arraycopy(numbers, 1, sums.sums, 0, 3);
    System.arraycopy(numbers, 4, sums.products, 0, 6);
    return sums;
  }

  /** Returns the complete state: the number of pixels, the 3 sums and the 6 sums of products. */
  @JsonValue
  public long[] numbers() {
    long[] numbers = new long[10];
    numbers[0] = pixels;
    System.arraycopy(sums, 0, numbers, 1, 3);
    System.arraycopy(products, 0, numbers, 4, 6);
    return numbers;
  }

  /**
   * Adds the sums of other pixels.
   *
   * @throws ArithmeticException above 1.4e14 pixels
   */
  public PixelSums add(PixelSums other) {
    pixels = Math.addExact(pixels, other.pixels);
    for (int i = 0; i < 3; i++) {
      sums[i] = Math.addExact(sums[i], other.sums[i]);
    }

    for (int i = 0; i < 6; i++) {
      products[i] = Math.addExact(products[i], other.products[i]);
    }

    return this;
  }

  long pixels() {
    return pixels;
  }

  long sum(int channel) {
    return sums[channel];
  }

  long product(int one, int other) {
    int low = Math.min(one, other);
    int high = Math.max(one, other);
    return products[low == 0 ? high : low + high + 1];
  }

  private void addGray(byte[] gray) {
    long sum = 0;
    long squares = 0;
    for (byte pixel : gray) {
      long value = pixel & 0xff;
      sum += value;
      squares += value * value;
    }

    for (int i = 0; i < 3; i++) {
      sums[i] = sum;
    }

    for (int i = 0; i < 6; i++) {
      products[i] = squares;
    }
  }

  private void addColour(byte[] rgb) {
    long[] sum = new long[3];
    long rr = 0;
    long rg = 0;
    long rb = 0;
    long gg = 0;
    long gb = 0;
    long bb = 0;
    for (int i = 0; i < rgb.length; i += 3) {
      long r = rgb[i] & 0xff;
      long g = rgb[i + 1] & 0xff;
      long b = rgb[i + 2] & 0xff;
      sum[0] += r;
      sum[1] += g;
      sum[2] += b;
      rr += r * r;
      rg += r * g;
      rb += r * b;
      gg += g * g;
      gb += g * b;
      bb += b * b;
    }

    System.arraycopy(sum, 0, sums, 0, 3);
    System.arraycopy(new long[] {rr, rg, rb, gg, gb, bb}, 0, products, 0, 6);
  }
}
