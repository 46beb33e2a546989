package convoy.zoo.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The number type in which convolutions and products are computed. Parameters are always float32.
 */
public enum Precision {
  FLOAT32,
  /** Pictures and weights have 8 significant bits. Sums and the update are float32. */
  BFLOAT16;

  /**
   * Returns the names that a recipe may give as {@code engine.precision}, with the default first.
   */
  public static List<String> names() {
    return Arrays.stream(values()).map(Precision::toString).toList();
  }

  /**
   * Returns the precision of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Precision of(String name) {
    return Arrays.stream(values())
        .filter(precision -> precision.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown precision '" + name + "': known are " + String.join(", ", names())));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
