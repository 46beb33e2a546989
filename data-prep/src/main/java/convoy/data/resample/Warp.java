package convoy.data.resample;

import convoy.data.image.Picture;

/** Moves pixels. Each pixel of the result is read, bilinearly, from a place in the picture. */
public final class Warp {
  private Warp() {}

  /** Says where a pixel of the result comes from: {@code place[0]} is x, {@code place[1]} is y. */
  public interface Places {
    void of(int x, int y, double[] place);
  }

  /** Returns a picture of the same size. Pixels from outside the picture are black. */
  public static Picture apply(Picture picture, Places places) {
    int channels = picture.channels();
    byte[] warped = new byte[picture.pixels().length];
    double[] place = new double[2];
    int at = 0;
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        places.of(x, y, place);
        int left = (int) Math.floor(place[0]);
        int top = (int) Math.floor(place[1]);
        double right = place[0] - left;
        double below = place[1] - top;
        for (int channel = 0; channel < channels; channel++) {
          double upper =
              level(picture, left, top, channel) * (1 - right)
                  + level(picture, left + 1, top, channel) * right;
          double lower =
              level(picture, left, top + 1, channel) * (1 - right)
                  + level(picture, left + 1, top + 1, channel) * right;
          warped[at++] = Pictures.level(upper * (1 - below) + lower * below);
        }
      }
    }

    return new Picture(picture.width(), picture.height(), channels, warped);
  }

  private static int level(Picture picture, int x, int y, int channel) {
    boolean inside = x >= 0 && y >= 0 && x < picture.width() && y < picture.height();
    return inside
        ? picture.pixels()[(y * picture.width() + x) * picture.channels() + channel] & 0xff
        : 0;
  }
}
