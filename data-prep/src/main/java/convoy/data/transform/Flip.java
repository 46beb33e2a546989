package convoy.data.transform;

import convoy.data.image.Picture;
import java.util.stream.IntStream;

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
    byte[] to = new byte[picture.pixels().length];
    int[] places = IntStream.range(0, width).map(x -> channels * (width - 1 - x)).toArray();
    int[] row = new int[width];
    for (int at = 0; at < to.length; at += width * channels) {
      Words.gather(picture.pixels(), at, places, row);
      Words.spread(row, channels, to, at);
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
