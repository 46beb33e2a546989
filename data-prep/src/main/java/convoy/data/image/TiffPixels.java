package convoy.data.image;

import java.awt.image.Raster;

/** Makes colours of a TIFF's samples, which the JDK reads. */
final class TiffPixels {
  private static final int COLOUR_MAP = 320;

  private TiffPixels() {}

  static Picture of(Bytes bytes, ImageFileDirectory directory, TiffLayout layout)
      throws BadPictureException {
    Raster raster =
        JdkReader.first(
            StrictDirectory.of(bytes, directory, TiffLayout.SHORTS, TiffLayout.LONGS), "tiff");
    if (raster.getNumBands() != layout.samples()) {
      throw bytes.broken("states " + layout.samples() + " samples a pixel and has others");
    }

    byte[][] palette =
        layout.photometric() == TiffLayout.PALETTE ? palette(bytes, directory, layout) : null;
    boolean gray = layout.photometric() <= TiffLayout.BLACK_IS_ZERO;
    int width = raster.getWidth();
    int channels = gray ? 1 : 3;
    byte[] pixels = new byte[width * raster.getHeight() * channels];
    int[] row = new int[width * layout.samples()];
    int to = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int from = 0; from < row.length; from += layout.samples()) {
        for (int channel = 0; channel < channels; channel++) {
          pixels[to++] =
              palette == null
                  ? (byte) level(row, from, channel, layout)
                  : palette[channel][row[from]];
        }
      }
    }

    return new Picture(width, raster.getHeight(), channels, pixels);
  }

  private static int level(int[] samples, int pixel, int channel, TiffLayout layout) {
    int level = eightBits(samples[pixel + channel], layout);
    if (layout.photometric() == TiffLayout.INK) {
      // The fourth ink is black.
      int black = eightBits(samples[pixel + 3], layout);
      return ((255 - level) * (255 - black) + 127) / 255;
    }

    if (layout.alpha() < 0) {
      return level;
    }

    int alpha = eightBits(samples[pixel + layout.alpha()], layout);
    return layout.multiplied()
        ? Alpha.multipliedOnWhite(level, alpha)
        : Alpha.onWhite(level, alpha);
  }

  private static int eightBits(int sample, TiffLayout layout) {
    int most = (1 << layout.bits()) - 1;
    return (sample * 255 + most / 2) / most;
  }

  /** All reds come first. As in libtiff, a palette without a number above 255 has 8 bits. */
  private static byte[][] palette(Bytes bytes, ImageFileDirectory directory, TiffLayout layout)
      throws BadPictureException {
    ImageFileDirectory.Numbers numbers = directory.numbers(COLOUR_MAP);
    int colours = 1 << layout.bits();
    if (numbers.count() < 3L * colours) {
      throw bytes.broken("has a palette of " + numbers.count() + " numbers");
    }

    long most = 0;
    for (int i = 0; i < 3 * colours; i++) {
      most = Math.max(most, directory.number(numbers, i));
    }

    byte[][] palette = new byte[3][colours];
    for (int i = 0; i < 3 * colours; i++) {
      long number = directory.number(numbers, i);
      palette[i / colours][i % colours] = (byte) (most < 256 ? number : (number + 128) / 257);
    }

    return palette;
  }
}
