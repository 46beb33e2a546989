package convoy.options;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The kind of value that a key takes. A kind turns a plain value of YAML or JSON (text, number,
 * truth value, list, map or null) into a typed one, or says in a few words why it can't. {@link
 * Kinds} has the usual ones.
 *
 * @param takes the description in a table of keys, such as "a whole number from 1 to 4096"
 * @param words the accepted words, for lists of them; empty if other words are accepted too
 * @param parse throws an IllegalArgumentException that contains the value and the problem
 * @param write returns the plain value that {@code parse} turns into this value
 */
public record Kind<T>(
    String takes, List<String> words, Function<Object, T> parse, Function<T, Object> write) {
  /** Creates a kind whose values are plain already. */
  public Kind(String takes, Function<Object, T> parse) {
    this(takes, List.of(), parse, value -> value);
  }

  /** Returns the same kind, restricted to the only value that is supported so far. */
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

  /** Creates an error that says what is wrong with a value. */
  public static IllegalArgumentException wrong(Object given, String reason) {
    String subject = given == null ? "an empty value" : "'" + text(given) + "'";
    return new IllegalArgumentException(subject + " " + reason);
  }

  /** Returns a plain value in one line: a scalar as text, a list or map as JSON. */
  static String text(Object value) {
    return value instanceof List || value instanceof Map ? json(value) : String.valueOf(value);
  }

  /** Returns a plain value as JSON. */
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
