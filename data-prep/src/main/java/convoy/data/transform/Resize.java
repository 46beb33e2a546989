package convoy.data.transform;

import convoy.data.image.Picture;
import convoy.data.resample.Resampler;
import convoy.data.resample.Rows;

/**
 * Resized so that the short side has {@code size} pixels; the aspect ratio stays. Written as a text
 * such as {@code 256x256} it is a {@link Squash}.
 *
 * @param antialias as in {@link Resampler}
 */
public record Resize(int size, boolean antialias) implements Resizing {
  static Transform of(Options options) {
    return options.isText("size")
        ? Squash.of(options)
        : new Resize(options.size("size"), options.antialias());
  }

  @Override
  public Rows rows(Picture picture, Draws draws) {
    return Resampler.shortSide(picture, size, antialias);
  }

  @Override
  public int side(int side) {
    return side == ANY ? ANY : size;
  }
}
