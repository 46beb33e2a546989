package convoy.data.transform;

import convoy.data.image.Picture;
import convoy.data.resample.Region;
import convoy.data.resample.Rows;
import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import convoy.options.Settings;
import java.util.List;

/** Left and right exchanged, half of the time. */
public record Flip() implements Transform {
  static final Key<String> DIRECTION =
      Key.required("direction", Kinds.word(List.of("horizontal")), "What is exchanged.");
  static final Keys KEYS = Keys.of(DIRECTION);

  static Transform of(Settings settings) {
    return new Flip();
  }

  @Override
  public Picture apply(Picture picture, Draws draws) {
    return draws.coin() ? mirrored(picture) : picture;
  }

  /** What {@link #apply} makes of these rows. */
  public Rows rows(Rows rows, Draws draws) {
    return draws.coin() ? new Mirrored(rows) : rows;
  }

  /** Left and right exchanged. */
  public static Picture mirrored(Picture picture) {
    return new Mirrored(Rows.of(picture, Region.of(picture))).picture();
  }

  @Override
  public boolean random() {
    return true;
  }

  @Override
  public int side(int side) {
    return side;
  }

  private record Mirrored(Rows of) implements Rows {
    @Override
    public int width() {
      return of.width();
    }

    @Override
    public int height() {
      return of.height();
    }

    @Override
    public int channels() {
      return of.channels();
    }

    @Override
    public void forEach(Row action) {
      of.forEach(
          (y, pixels) -> {
            reverse(pixels);
            action.accept(y, pixels);
          });
    }

    private static void reverse(int[] pixels) {
      for (int left = 0, right = pixels.length - 1; left < right; left++, right--) {
        int pixel = pixels[left];
        pixels[left] = pixels[right];
        pixels[right] = pixel;
      }
    }
  }
}
