package convoy.data.transform;

import convoy.data.image.Picture;

/** Left and right exchanged, half of the time. */
record Flip() implements Transform {
  static Transform of(Options options) {
    options.oneOf("direction", "horizontal");
    return new Flip();
  }

  @Override
  public Picture apply(Picture picture, Draws draws) {
    return draws.coin() ? mirrored(picture) : picture;
  }

  /** Left and right exchanged. */
  static Picture mirrored(Picture picture) {
    int width = picture.width();
    int channels = picture.channels();
    byte[] from = picture.pixels();
    byte[] to = new byte[from.length];
    for (int y = 0; y < picture.height(); y++) {
      int row = y * width * channels;
      for (int x = 0; x < width; x++) {
        int source = row + x * channels;
        int target = row + (width - 1 - x) * channels;
        for (int channel = 0; channel < channels; channel++) {
          to[target + channel] = from[source + channel];
        }
      }
    }

    return new Picture(width, picture.height(), channels, to);
  }

  @Override
  public boolean random() {
    return true;
  }

  @Override
  public int side(int side) {
    return side;
  }
}
