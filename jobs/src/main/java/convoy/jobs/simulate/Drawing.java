package convoy.jobs.simulate;

import convoy.data.image.Picture;
import java.util.List;

/** Draws values as pictures. */
public final class Drawing {
  private static final int GAP = 2;

  private Drawing() {}

  /** Takes values as pixels, cut to 0..255. */
  public static Picture pixels(Planes planes) {
    byte[] pixels = new byte[planes.channels() * planes.width() * planes.height()];
    draw(planes, 1, 0, 255, pixels, planes.channels(), planes.width(), 0, 0);
    return new Picture(planes.width(), planes.height(), planes.channels(), pixels);
  }

  /** Draws one or three channels, with the smallest value black and the largest white. */
  public static Picture stretched(Planes planes, int scale) {
    return tiles(List.of(planes), scale);
  }

  /**
   * Draws a sheet of tiles of equal size. In each tile its smallest value is black and its largest
   * white.
   *
   * @param scale side of each value in pixels
   */
  public static Picture tiles(List<Planes> tiles, int scale) {
    Planes first = tiles.get(0);
    int columns = (int) Math.ceil(Math.sqrt(tiles.size()));
    int rows = (tiles.size() + columns - 1) / columns;
    int width = columns * (first.width() * scale + GAP) - GAP;
    int height = rows * (first.height() * scale + GAP) - GAP;
    byte[] pixels = new byte[first.channels() * width * height];
    for (int tile = 0; tile < tiles.size(); tile++) {
      Planes planes = tiles.get(tile);
      float least = planes.least();
      float greatest = planes.greatest() > least ? planes.greatest() : least + 1;
      int left = tile % columns * (first.width() * scale + GAP);
      int top = tile / columns * (first.height() * scale + GAP);
      draw(planes, scale, least, greatest, pixels, first.channels(), width, left, top);
    }

    return new Picture(width, height, first.channels(), pixels);
  }

  /** Draws red heat over a gray picture: none for values up to 0, full for the largest value. */
  public static Picture heat(Planes picture, Planes heat) {
    float greatest = Math.max(heat.greatest(), Float.MIN_NORMAL);
    byte[] pixels = new byte[3 * picture.width() * picture.height()];
    for (int i = 0; i < pixels.length; i++) {
      int y = i / 3 / picture.width();
      int x = i / 3 % picture.width();
      float gray = 0;
      for (int channel = 0; channel < picture.channels(); channel++) {
        gray += picture.at(channel, y, x) / picture.channels();
      }

      int row = y * heat.height() / picture.height();
      int column = x * heat.width() / picture.width();
      float share = Math.max(0, heat.at(0, row, column)) / greatest;
      pixels[i] = gray(gray * (1 - share / 2) + (i % 3 == 0 ? 255 * share / 2 : 0), 0, 255);
    }

    return new Picture(picture.width(), picture.height(), 3, pixels);
  }

  private static void draw(
      Planes planes,
      int scale,
      float least,
      float greatest,
      byte[] pixels,
      int channels,
      int width,
      int left,
      int top) {
    for (int y = 0; y < planes.height() * scale; y++) {
      for (int x = 0; x < planes.width() * scale; x++) {
        for (int channel = 0; channel < channels; channel++) {
          pixels[((top + y) * width + left + x) * channels + channel] =
              gray(planes.at(channel, y / scale, x / scale), least, greatest);
        }
      }
    }
  }

  private static byte gray(float value, float least, float greatest) {
    return (byte) Math.round(255 * Math.min(1, Math.max(0, (value - least) / (greatest - least))));
  }
}
