package convoy.data.transform;

import convoy.data.image.Picture;
import convoy.data.resample.Resampler;
import convoy.data.resample.Rows;
import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kind;
import convoy.options.Kinds;
import convoy.options.Settings;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resizes so that the short side has {@code size} pixels and the aspect ratio stays. A text such as
 * {@code 256x256} makes it a {@link Squash}.
 *
 * @param antialias as in {@link Resampler}
 */
record Resize(int size, boolean antialias) implements Resizing {
  private static final Pattern SIDES = Pattern.compile("(\\d{1,9})x(\\d{1,9})");
  static final Key<List<Integer>> SIZE =
      Key.required(
          "size",
          new Kind<>("a side in pixels, or WIDTHxHEIGHT such as 256x256", Resize::sides),
          "The short side, or both sides.");
  static final Keys KEYS = Keys.of(SIZE, ANTIALIAS);

  static Transform of(Settings settings) {
    List<Integer> sides = settings.get(SIZE);
    boolean antialias = settings.get(ANTIALIAS);
    return sides.size() == 1
        ? new Resize(sides.get(0), antialias)
        : new Squash(sides.get(0), sides.get(1), antialias);
  }

  private static List<Integer> sides(Object given) {
    Function<Object, Integer> side = Kinds.whole(1, LARGEST).parse();
    if (given instanceof Number) {
      return List.of(side.apply(given));
    }

    Matcher sides = SIDES.matcher(String.valueOf(given));
    if (!sides.matches()) {
      throw Kind.wrong(given, "is not a side in pixels, or WIDTHxHEIGHT such as 256x256");
    }

    return List.of(side.apply(sides.group(1)), side.apply(sides.group(2)));
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
