package convoy.options;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a key takes. A kind turns a plain value of YAML or JSON (text, number, truth value, list,
 * map or null) into a typed one or says in a few words why it can't; {@link Kinds} has the usual
 * ones.
 *
 * @param takes what a table of keys says, such as "a whole number from 1 to 4096"
 * @param words the words that are taken, for lists of them; empty where others are taken too
 * @param parse throws an IllegalArgumentException that says what is wrong, the value in it
 * @param write the plain value that {@code parse} turns into this one again
 */
public record Kind<T>(
    String takes, List<String> words, Function<Object, T> parse, Function<T, Object> write) {
  /** A kind whose values are plain already. */
  public Kind(String takes, Function<Object, T> parse) {
    this(takes, List.of(), parse, value -> value);
  }

  /** The same kind while only one of its values is supported. */
  public Kind<T> only(T supported) {
    return new Kind<>(
        "only " + text(write.apply(supported)) + " so far",
        words,
        given -> {
          T value = parse.apply(given);
          if (!supported.equals(value)) {
            throw new IllegalArgumentException(
                "'" + value + "' is not supported yet, only '" + supported + "'");
          }

          return value;
        },
        write);
  }

  /** An error that says what is wrong with a value. */
  public static IllegalArgumentException wrong(Object given, String reason) {
    String subject = given == null ? "an empty value" : "'" + text(given) + "'";
    return new IllegalArgumentException(subject + " " + reason);
  }

  /** A plain value in one line: a scalar as it is, a list or map as JSON. */
  static String text(Object value) {
    return value instanceof List || value instanceof Map ? json(value) : String.valueOf(value);
  }

  /** A plain value as JSON. */
  public static String json(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> json(String.valueOf(entry.getKey())) + ":" + json(entry.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }

    if (value instanceof List<?> list) {
      return list.stream().map(Kind::json).collect(Collectors.joining(",", "[", "]"));
    }

    return value instanceof String text
        ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
        : String.valueOf(value);
  }
}
