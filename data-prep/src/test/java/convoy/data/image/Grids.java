package convoy.data.image;

import java.util.ArrayList;
import java.util.List;

/** Tiny pictures as readable rows of numbers. */
public final class Grids {
  private Grids() {}

  /** Creates a gray picture with these rows. */
  public static Picture gray(int[]... rows) {
    byte[] pixels = new byte[rows.length * rows[0].length];
    int at = 0;
    for (int[] row : rows) {
      for (int value : row) {
        pixels[at++] = (byte) value;
      }
    }

    return new Picture(rows[0].length, rows.length, 1, pixels);
  }

  /** Returns each row of the picture as text, such as {@code 1 2 3}, with the channels in turn. */
  public static List<String> rows(Picture picture) {
    List<String> rows = new ArrayList<>();
    int length = picture.width() * picture.channels();
    for (int y = 0; y < picture.height(); y++) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < length; i++) {
        row.append(i == 0 ? "" : " ").append(picture.pixels()[y * length + i] & 0xff);
      }

      rows.add(row.toString());
    }

    return rows;
  }

  /** Creates a picture in which each pixel differs from its neighbours. */
  public static Picture numbered(int width, int height, int channels) {
    byte[] pixels = new byte[width * height * channels];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 7);
    }

    return new Picture(width, height, channels, pixels);
  }
}
