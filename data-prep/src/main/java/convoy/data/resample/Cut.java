package convoy.data.resample;

import convoy.data.image.Picture;
import java.util.stream.IntStream;

/** The unchanged rows of a part of a picture. */
record Cut(Picture of, Region part) implements Rows {
  @Override
  public int width() {
    return part.width();
  }

  @Override
  public int height() {
    return part.height();
  }

  @Override
  public int channels() {
    return of.channels();
  }

  @Override
  public void forEach(Row action) {
    int[] places = IntStream.range(0, width()).map(x -> channels() * x).toArray();
    int[] row = new int[width()];
    for (int y = 0; y < height(); y++) {
      int start = ((part.top() + y) * of.width() + part.left()) * channels();
      Words.gather(of.pixels(), start, places, row);
      action.accept(y, row);
    }
  }

  @Override
  public Picture picture() {
    return Pictures.crop(of, part);
  }
}
