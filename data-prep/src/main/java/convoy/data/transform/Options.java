package convoy.data.transform;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The options of one transform as a recipe writes them: {@code randomCrop: 224}, where the plain
 * value is the first option, or {@code randomCrop: {size: 32, padding: 4}}.
 */
final class Options {
  private static final int LARGEST = 65_536;

  private static final Pattern SIDES = Pattern.compile("(\\d{1,9})x(\\d{1,9})");

  private final String transform;
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Set<String> known = new TreeSet<>();
  private final Object plain;
  private final ColourComponents colours;
  private boolean plainTaken;

  Options(String transform, Object value, ColourComponents colours) {
    this.transform = transform;
    this.colours = colours;
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, option) -> values.put(String.valueOf(name), option));
      this.plain = null;
    } else {
      this.plain = value;
    }
  }

  /** A size in pixels, at least 1; also the plain value. */
  int size(String name) {
    return integer(name, value(name, true), 1);
  }

  /** Whether the value is no number but a text; also the plain value. */
  boolean isText(String name) {
    return value(name, true) instanceof String;
  }

  /** Width and height in pixels, written as {@code 256x256}; also the plain value. */
  int[] sides(String name) {
    Object value = value(name, true);
    Matcher sides = SIDES.matcher(String.valueOf(value));
    if (!sides.matches()) {
      throw bad(name, value, "a side in pixels, or WIDTHxHEIGHT such as 256x256, is needed");
    }

    return new int[] {
      integer(name, Long.valueOf(sides.group(1)), 1), integer(name, Long.valueOf(sides.group(2)), 1)
    };
  }

  /** A whole number of at least {@code least}. */
  int atLeast(String name, int least, int otherwise) {
    Object value = value(name, false);
    return value == null ? otherwise : integer(name, value, least);
  }

  /** A number of {@code least} to {@code most}; also the plain value where {@code first}. */
  double real(String name, boolean first, double least, double most, double otherwise) {
    Object value = value(name, first);
    if (value == null) {
      return otherwise;
    }

    if (value instanceof Number number
        && number.doubleValue() >= least
        && number.doubleValue() <= most) {
      return number.doubleValue();
    }

    throw bad(name, value, "a number from " + least + " to " + most + " is needed");
  }

  /** True or false. */
  boolean flag(String name, boolean otherwise) {
    Object value = value(name, false);
    if (value == null) {
      return otherwise;
    }

    if (value instanceof Boolean flag) {
      return flag;
    }

    throw bad(name, value, "true or false is needed");
  }

  /** Whether to resize with care ({@code antialias}, true unless said otherwise). */
  boolean antialias() {
    return flag("antialias", true);
  }

  /** The principal components of the dataset's colours; no option of the recipe. */
  ColourComponents colours() {
    return colours;
  }

  /** One of some words; also the plain value. */
  String oneOf(String name, String... words) {
    Object value = value(name, true);
    for (String word : words) {
      if (word.equals(value)) {
        return word;
      }
    }

    throw bad(name, value, "known: " + String.join(", ", words));
  }

  /** Fails on options that nobody asked for. */
  void rejectOthers() {
    if (plain != null && !plainTaken) {
      throw new IllegalArgumentException(
          "transform %s takes named options, not %s alone; known: %s"
              .formatted(transform, plain, String.join(", ", known)));
    }

    Set<String> others = new TreeSet<>(values.keySet());
    others.removeAll(known);
    if (!others.isEmpty()) {
      throw new IllegalArgumentException(
          "transform %s has no option %s; known: %s"
              .formatted(transform, String.join(", ", others), String.join(", ", known)));
    }
  }

  private Object value(String name, boolean first) {
    known.add(name);
    plainTaken |= first;
    return first && plain != null ? plain : values.get(name);
  }

  private int integer(String name, Object value, int least) {
    // JSON and YAML readers give Integer or Long, and a whole Double after a detour.
    if (value instanceof Number number
        && number.doubleValue() == number.intValue()
        && number.intValue() >= least
        && number.intValue() <= LARGEST) {
      return number.intValue();
    }

    throw bad(name, value, "a whole number from " + least + " to " + LARGEST + " is needed");
  }

  private IllegalArgumentException bad(String name, Object value, String needed) {
    return new IllegalArgumentException(
        "transform " + transform + ": " + name + " is " + value + "; " + needed);
  }
}
