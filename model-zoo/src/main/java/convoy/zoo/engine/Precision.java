package convoy.zoo.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The type that convolutions and products compute with; parameters are floats in every case. */
public enum Precision {
  FLOAT32,
  /** Pictures and weights with 8 bits behind the point, sums and the update in floats. */
  BFLOAT16;

  /** Names a recipe may give as {@code engine.precision}, the default first. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Precision::toString).toList();
  }

  /**
   * The precision of this name.
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
