package convoy.jobs.recipe;

import convoy.options.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A list of transforms as in YAML. Each is a map with one entry, its name and its argument. */
final class TransformList {
  /** The largest side of a picture in pixels, as for model.inputSize: bytes are 32-bit counts. */
  private static final int LARGEST = 4096;

  private static final BigDecimal LARGEST_INT = BigDecimal.valueOf(Integer.MAX_VALUE);

  private TransformList() {}

  static List<Map<String, Object>> value(Object given) {
    if (!(given instanceof List<?> list)) {
      throw wrong(given);
    }

    List<Map<String, Object>> transforms = new ArrayList<>();
    for (Object entry : list) {
      if (!(entry instanceof Map<?, ?> map) || map.size() != 1) {
        throw wrong(entry);
      }

      Map.Entry<?, ?> transform = map.entrySet().iterator().next();
      requireSizes(entry, transform.getValue());
      transforms.add(Map.of(String.valueOf(transform.getKey()), plain(transform.getValue())));
    }

    return List.copyOf(transforms);
  }

  /** One form for each number, so that 1.0, which is stored as 1, is the same when read again. */
  private static Object plain(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> plain = new LinkedHashMap<>();
      map.forEach((name, inside) -> plain.put(String.valueOf(name), plain(inside)));
      return plain;
    }

    if (value instanceof List<?> list) {
      return list.stream().map(TransformList::plain).toList();
    }

    if (!(value instanceof Number)) {
      return value;
    }

    BigDecimal number = new BigDecimal(value.toString()).stripTrailingZeros();
    boolean isInt = number.scale() <= 0 && number.abs().compareTo(LARGEST_INT) <= 0;
    return isInt ? (Object) number.intValueExact() : number;
  }

  private static void requireSizes(Object entry, Object value) {
    if (value == null) {
      throw new IllegalArgumentException("'" + Kind.json(entry) + "' has no value");
    }

    if (value instanceof Map<?, ?> map) {
      map.values().forEach(inside -> requireSizes(entry, inside));
    } else if (value instanceof List<?> list) {
      list.forEach(inside -> requireSizes(entry, inside));
    } else {
      requireSides(entry, value.toString());
    }
  }

  // The argument is a number, or a text such as 256x256.
  private static void requireSides(Object entry, String text) {
    for (String side : text.split("x", -1)) {
      if (side.matches("\\d+(\\.\\d+)?([eE]\\d+)?") && Double.parseDouble(side) > LARGEST) {
        throw new IllegalArgumentException(
            "'" + Kind.json(entry) + "' has " + side + " px; " + LARGEST + " is the most");
      }
    }
  }

  private static IllegalArgumentException wrong(Object given) {
    return new IllegalArgumentException(
        "'" + Kind.json(given) + "' is not a list of transforms, such as [{randomCrop: 224}]");
  }
}
