package convoy.data.transform;

import convoy.data.image.Picture;
import convoy.data.resample.Rows;
import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import convoy.options.Settings;
import java.util.List;

/** Exchanges left and right, half of the time. */
record Flip() implements Transform {
  static final Key<String> DIRECTION =
      Key.required(
          "direction",
          Kinds.word(List.of("horizontal")),
          "The direction in which the picture is mirrored.");
  static final Keys KEYS = Keys.of(DIRECTION);

  static Transform of(Settings settings) {
    return new Flip();
  }

  @Override
  public Picture apply(Picture picture, Draws draws) {
    return draws.coin() ? Rows.of(picture).mirrored().picture() : picture;
  }

  /** Does to rows what {@link #apply} does to a picture. */
  Rows rows(Rows rows, Draws draws) {
    return draws.coin() ? rows.mirrored() : rows;
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
