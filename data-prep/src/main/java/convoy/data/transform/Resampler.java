package convoy.data.transform;

import convoy.data.image.Picture;
import java.util.Arrays;

/**
 * Bilinear resizing whose triangle widens when it shrinks, so that fine patterns average out
 * instead of flickering: what Pillow, and torchvision with antialias, do. Whole-number arithmetic
 * gives the same bytes on every machine.
 *
 * <p>Rows are resized across when the pass down first needs them, and kept as long as it does: what
 * lies between the passes stays in the cache, and no row is computed that nobody reads.
 */
public final class Resampler {
  private static final int PRECISION_BITS = Weights.PRECISION_BITS;

  /** Rounds to the nearest. */
  private static final int HALF = 1 << (PRECISION_BITS - 1);

  private final Picture picture;
  private final Weights across;
  private final Weights down;

  /** Rows after the pass across, ints as the pass down multiplies them; row k at k % length. */
  private final int[][] rows;

  private Resampler(Picture picture, Weights across, Weights down) {
    this.picture = picture;
    this.across = across;
    this.down = down;
    this.rows = new int[down.longest()][across.outputs() * picture.channels()];
  }

  /** Resized so that the short side has {@code side} pixels; the long one keeps the aspect. */
  public static Picture shortSide(Picture picture, int side) {
    return shortSide(picture, side, true);
  }

  /** As {@link #shortSide(Picture, int)}, coarser and faster without {@code antialias}. */
  static Picture shortSide(Picture picture, int side, boolean antialias) {
    return resize(picture, width(picture, side), height(picture, side), antialias);
  }

  /** The middle {@code crop} x {@code crop} pixels of what {@link #shortSide} gives. */
  static Picture centreOfShortSide(Picture picture, int side, int crop, boolean antialias) {
    int width = width(picture, side);
    int height = height(picture, side);
    Region window = new Region((width - crop) / 2, (height - crop) / 2, crop, crop);
    if (width == picture.width() && height == picture.height()) {
      return Pictures.crop(picture, window);
    }

    Weights across = Weights.of(0, picture.width(), width, antialias);
    Weights down = Weights.of(0, picture.height(), height, antialias);
    return new Resampler(picture, across.part(window.left(), crop), down.part(window.top(), crop))
        .resized();
  }

  private static int width(Picture picture, int side) {
    int shorter = Math.min(picture.width(), picture.height());
    return Math.toIntExact((long) side * picture.width() / shorter);
  }

  private static int height(Picture picture, int side) {
    int shorter = Math.min(picture.width(), picture.height());
    return Math.toIntExact((long) side * picture.height() / shorter);
  }

  /** Resized to exactly this size. */
  public static Picture resize(Picture picture, int width, int height) {
    return resize(picture, width, height, true);
  }

  /**
   * Resized to exactly this size.
   *
   * @param antialias whether the triangle widens; without it four pixels make one, whatever lies
   *     between them
   */
  static Picture resize(Picture picture, int width, int height, boolean antialias) {
    return resize(picture, Region.of(picture), width, height, antialias);
  }

  /** A region resized to exactly this size, as if it had been cut out before. */
  static Picture resize(Picture picture, Region region, int width, int height, boolean antialias) {
    if (region.width() == width && region.height() == height) {
      return Pictures.crop(picture, region);
    }

    Weights across = Weights.of(region.left(), region.width(), width, antialias);
    Weights down = Weights.of(region.top(), region.height(), height, antialias);
    return new Resampler(picture, across, down).resized();
  }

  private Picture resized() {
    int channels = picture.channels();
    int row = across.outputs() * channels;
    byte[] to = new byte[Math.multiplyExact(row, down.outputs())];
    int[] sums = new int[row];
    int next = 0;
    for (int y = 0; y < down.outputs(); y++) {
      int first = down.first(y);
      int end = first + down.count(y);
      for (next = Math.max(next, first); next < end; next++) {
        across(next, rows[next % rows.length]);
      }

      Arrays.fill(sums, HALF);
      for (int from = first; from < end; from++) {
        add(rows[from % rows.length], down.factor(y, from - first), sums);
      }

      for (int x = 0; x < row; x++) {
        to[y * row + x] = (byte) pixel(sums[x]);
      }
    }

    return new Picture(across.outputs(), down.outputs(), channels, to);
  }

  private static void add(int[] row, int factor, int[] sums) {
    for (int x = 0; x < sums.length; x++) {
      sums[x] += row[x] * factor;
    }
  }

  private void across(int y, int[] to) {
    int row = y * picture.width() * picture.channels();
    if (picture.channels() == 3) {
      colour(picture.pixels(), row, to);
    } else {
      gray(picture.pixels(), row, to);
    }
  }

  private void gray(byte[] from, int row, int[] to) {
    int[] factors = across.factors();
    int factor = 0;
    for (int x = 0; x < to.length; x++) {
      int source = row + across.first(x);
      int end = source + across.count(x);
      int sum = HALF;
      for (; source < end; source++) {
        sum += (from[source] & 0xff) * factors[factor++];
      }

      to[x] = pixel(sum);
    }
  }

  /** As {@link #gray}, three channels at once: a third of the loads of the factors. */
  private void colour(byte[] from, int row, int[] to) {
    int[] factors = across.factors();
    int factor = 0;
    int out = 0;
    for (int x = 0; x < across.outputs(); x++) {
      int source = row + 3 * across.first(x);
      int end = source + 3 * across.count(x);
      int red = HALF;
      int green = HALF;
      int blue = HALF;
      for (; source < end; source += 3) {
        int weight = factors[factor++];
        red += (from[source] & 0xff) * weight;
        green += (from[source + 1] & 0xff) * weight;
        blue += (from[source + 2] & 0xff) * weight;
      }

      to[out] = pixel(red);
      to[out + 1] = pixel(green);
      to[out + 2] = pixel(blue);
      out += 3;
    }
  }

  private static int pixel(int sum) {
    return Math.min(255, sum >> PRECISION_BITS);
  }
}
