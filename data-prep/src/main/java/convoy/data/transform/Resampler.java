package convoy.data.transform;

import convoy.data.image.Picture;

/**
 * Bilinear resizing whose triangle widens when it shrinks, so that fine patterns average out
 * instead of flickering: what Pillow, and torchvision with antialias, do. Whole-number arithmetic
 * gives the same bytes on every machine.
 *
 * <p>Rows are resized across when the pass down first needs them, and kept as long as it does: what
 * lies between the passes stays in the cache, and no row is computed that nobody reads.
 */
public final class Resampler {
  private final Across across;
  private final Weights down;
  private final int width;
  private final int channels;

  /** Rows after the pass across, for each channel; row k at k % length. */
  private final int[][][] rows;

  private Resampler(Picture picture, Weights across, Weights down) {
    this.across = new Across(picture, across);
    this.down = down;
    this.width = across.outputs();
    this.channels = picture.channels();
    this.rows = new int[down.taps()][channels][width];
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
    int row = width * channels;
    byte[] to = new byte[Math.multiplyExact(row, down.outputs())];
    int[][] sums = new int[channels][width];
    int next = 0;
    for (int y = 0; y < down.outputs(); y++) {
      int first = down.first(y);
      int end = first + down.count(y);
      for (next = Math.max(next, first); next < end; next++) {
        across.row(next, rows[next % rows.length]);
      }

      for (int channel = 0; channel < channels; channel++) {
        set(rows[first % rows.length][channel], down.factor(y, 0), sums[channel]);
        for (int from = first + 1; from < end; from++) {
          add(rows[from % rows.length][channel], down.factor(y, from - first), sums[channel]);
        }

        Weights.round(sums[channel]);
      }

      if (channels == 3) {
        merge(sums[0], sums[1], sums[2]);
      }

      Words.spread(sums[0], channels, to, y * row);
    }

    return new Picture(width, down.outputs(), channels, to);
  }

  private static void set(int[] row, int factor, int[] sums) {
    for (int x = 0; x < sums.length; x++) {
      sums[x] = row[x] * factor;
    }
  }

  private static void add(int[] row, int factor, int[] sums) {
    for (int x = 0; x < sums.length; x++) {
      sums[x] += row[x] * factor;
    }
  }

  /** Green and blue beside red. */
  private static void merge(int[] red, int[] green, int[] blue) {
    for (int x = 0; x < red.length; x++) {
      red[x] |= green[x] << 8 | blue[x] << 16;
    }
  }
}
