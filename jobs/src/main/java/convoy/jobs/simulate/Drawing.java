package convoy.jobs.simulate;

import convoy.data.image.Picture;

/** Values as pictures, from the least in black to the greatest in white. */
public final class Drawing {
  private static final int GAP = 2;

  private Drawing() {}

  /** Pixels as they are, cut to 0..255. */
  public static Picture pixels(Planes planes) {
    return draw(planes, 0, 255, 1);
  }

  /**
   * Three channels as colours, any other number as gray tiles in one sheet.
   *
   * @param scale pixels a side of each value
   */
  public static Picture stretched(Planes planes, int scale) {
    float least = planes.least();
    float greatest = planes.greatest() > least ? planes.greatest() : least + 1;
    return planes.channels() == 1 || planes.channels() == 3
        ? draw(planes, least, greatest, scale)
        : sheet(planes, least, greatest, scale);
  }

  private static Picture draw(Planes planes, float least, float greatest, int scale) {
    int channels = planes.channels();
    int width = planes.width() * scale;
    int height = planes.height() * scale;
    byte[] pixels = new byte[channels * width * height];
    for (int i = 0; i < pixels.length; i++) {
      int place = i / channels;
      float value = planes.at(i % channels, place / width / scale, place % width / scale);
      pixels[i] = gray(value, least, greatest);
    }

    return new Picture(width, height, channels, pixels);
  }

  private static Picture sheet(Planes planes, float least, float greatest, int scale) {
    int columns = (int) Math.ceil(Math.sqrt(planes.channels()));
    int rows = (planes.channels() + columns - 1) / columns;
    int width = columns * (planes.width() * scale + GAP) - GAP;
    int height = rows * (planes.height() * scale + GAP) - GAP;
    byte[] pixels = new byte[width * height];
    for (int channel = 0; channel < planes.channels(); channel++) {
      int left = channel % columns * (planes.width() * scale + GAP);
      int top = channel / columns * (planes.height() * scale + GAP);
      for (int i = 0; i < planes.width() * scale * planes.height() * scale; i++) {
        int x = i % (planes.width() * scale);
        int y = i / (planes.width() * scale);
        pixels[(top + y) * width + left + x] =
            gray(planes.at(channel, y / scale, x / scale), least, greatest);
      }
    }

    return new Picture(width, height, 1, pixels);
  }

  private static byte gray(float value, float least, float greatest) {
    return (byte) Math.round(255 * Math.min(1, Math.max(0, (value - least) / (greatest - least))));
  }
}
