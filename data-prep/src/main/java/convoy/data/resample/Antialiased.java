package convoy.data.resample;

import convoy.data.image.Picture;

/**
 * Bilinear resizing with a triangle that widens when the picture shrinks, so that fine patterns
 * average out instead of flickering. Pillow, and torchvision with antialias, do the same.
 * Whole-number arithmetic gives the same bytes on every machine.
 *
 * <p>A row is resized horizontally when the vertical pass first needs it, and kept as long as that
 * pass needs it. So the numbers between the two passes stay in the processor's cache, and no unused
 * row is computed.
 */
final class Antialiased extends Resized {
  Antialiased(Picture picture, ResamplingWeights across, ResamplingWeights down) {
    super(picture, across, down);
  }

  @Override
  public void forEach(Row action) {
    Across pass = new Across(picture, across);
    // After the horizontal pass, row k is at k % length: for each channel, one number for each
    // output.
    int[][][] rows = new int[down.taps()][channels()][width()];
    int[][] sums = new int[channels()][width()];
    int next = 0;
    for (int y = 0; y < height(); y++) {
      int first = down.first(y);
      int end = first + down.count(y);
      for (next = Math.max(next, first); next < end; next++) {
        pass.row(next, rows[next % rows.length]);
      }

      for (int channel = 0; channel < channels(); channel++) {
        set(rows[first % rows.length][channel], down.factor(y, 0), sums[channel]);
        for (int from = first + 1; from < end; from++) {
          add(rows[from % rows.length][channel], down.factor(y, from - first), sums[channel]);
        }

        ResamplingWeights.round(sums[channel]);
      }

      if (channels() == 3) {
        merge(sums[0], sums[1], sums[2]);
      }

      action.accept(y, sums[0]);
    }
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

  /** Combines green and blue with red in one number for each pixel. */
  private static void merge(int[] red, int[] green, int[] blue) {
    for (int x = 0; x < red.length; x++) {
      red[x] |= green[x] << 8 | blue[x] << 16;
    }
  }
}
