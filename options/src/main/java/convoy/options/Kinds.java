package convoy.options;

import static convoy.options.Kind.wrong;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The usual kinds. Numbers may be written as text, because YAML 1.1 reads 5e-4 as a word. */
public final class Kinds {
  private Kinds() {}

  /** Accepts a whole number; both limits are included. */
  public static Kind<Integer> whole(int least, int most) {
    String takes = "a whole number from " + least + " to " + most;
    return new Kind<>(
        takes,
        given ->
            number(given)
                .filter(number -> isWhole(number, least, most))
                .map(BigDecimal::intValueExact)
                .orElseThrow(() -> wrong(given, "is not " + takes)));
  }

  /** Accepts any whole number of 64 bits. */
  public static Kind<Long> seed() {
    String takes = "a whole number of 64 bits";
    return new Kind<>(
        takes,
        given ->
            number(given)
                .filter(number -> isWhole(number, Long.MIN_VALUE, Long.MAX_VALUE))
                .map(BigDecimal::longValueExact)
                .orElseThrow(() -> wrong(given, "is not " + takes)));
  }

  /** Accepts a number; both limits are included. */
  public static Kind<Double> real(double least, double most) {
    String takes = "a number from " + plain(least) + " to " + plain(most);
    return new Kind<>(
        takes,
        given ->
            number(given)
                .map(BigDecimal::doubleValue)
                .filter(number -> number >= least && number <= most)
                .orElseThrow(() -> wrong(given, "is not " + takes)));
  }

  /** Accepts a number above 0; {@code most} is included. */
  public static Kind<Double> positive(double most) {
    String takes = "a number above 0 and up to " + plain(most);
    return new Kind<>(
        takes,
        given ->
            number(given)
                .map(BigDecimal::doubleValue)
                .filter(number -> number > 0 && number <= most)
                .orElseThrow(() -> wrong(given, "is not " + takes)));
  }

  /** Accepts true or false. */
  public static Kind<Boolean> flag() {
    return new Kind<>(
        "true or false",
        given ->
            switch (scalar(given)) {
              case "true" -> true;
              case "false" -> false;
              default -> throw wrong(given, "is neither true nor false");
            });
  }

  /** Accepts one of some words; a number counts as a word. */
  public static Kind<String> word(List<String> known) {
    return new Kind<>(
        String.join(", ", known),
        known,
        given -> {
          String text = scalar(given);
          if (given != null && known.contains(text)) {
            return text;
          }

          String meant =
              Suggestions.nearest(text, known)
                  .map(nearest -> "; did you mean '" + nearest + "'?")
                  .orElse("");
          throw wrong(given, "is unknown, known are " + String.join(", ", known) + meant);
        },
        value -> value);
  }

  /** Accepts one of some words. Some of them have old names, which give the current word. */
  public static Kind<String> word(List<String> known, Map<String, String> oldNames) {
    Kind<String> words = word(known);
    return new Kind<>(
        words.takes(),
        known,
        given -> {
          String today = oldNames.get(scalar(given));
          return today == null ? words.parse().apply(given) : today;
        },
        value -> value);
  }

  /** Accepts any word. */
  public static Kind<String> text() {
    return new Kind<>(
        "a word",
        given -> {
          if (given == null || given instanceof Map || given instanceof List) {
            throw wrong(given, "is not a word");
          }

          return scalar(given);
        });
  }

  /** Accepts {@code word}, which means null, or a value of another kind. */
  public static <T> Kind<T> wordOr(String word, Kind<T> other) {
    return new Kind<>(
        word + " or " + other.takes(),
        List.of(),
        given -> {
          if (scalar(given).equals(word)) {
            return null;
          }

          try {
            return other.parse().apply(given);
          } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(wrong.getMessage() + " or '" + word + "'", wrong);
          }
        },
        value -> value == null ? word : other.write().apply(value));
  }

  /** Accepts one of some words, each of which means a value; the first means null. */
  public static <T> Kind<T> wordFor(List<String> words, Function<String, T> value) {
    Kind<String> word = word(words);
    return new Kind<>(
        word.takes(),
        words,
        given -> {
          String text = word.parse().apply(given);
          return text.equals(words.get(0)) ? null : value.apply(text);
        },
        typed -> typed == null ? words.get(0) : typed);
  }

  private static String scalar(Object given) {
    return given instanceof Map || given instanceof List ? "" : String.valueOf(given);
  }

  private static Optional<BigDecimal> number(Object given) {
    if (!(given instanceof Number) && !(given instanceof String)) {
      return Optional.empty();
    }

    try {
      return Optional.of(new BigDecimal(given.toString()));
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }

  private static boolean isWhole(BigDecimal number, long least, long most) {
    // The digits are counted first, so that 1e999999999 is never written out.
    return number.precision() - number.scale() <= 19
        && number.stripTrailingZeros().scale() <= 0
        && number.compareTo(BigDecimal.valueOf(least)) >= 0
        && number.compareTo(BigDecimal.valueOf(most)) <= 0;
  }

  private static String plain(double bound) {
    return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
  }
}
