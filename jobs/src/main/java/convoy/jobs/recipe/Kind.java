package convoy.jobs.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import convoy.options.Suggestions;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a key takes. Turns YAML into a value or says in a few words why not. */
@FunctionalInterface
interface Kind {
  /**
   * The value of a node.
   *
   * @throws IllegalArgumentException with what is wrong, the value in it
   */
  Object value(JsonNode node);

  /** A whole number; both ends included. */
  static Kind whole(int least, int most) {
    return node ->
        number(node)
            .filter(number -> isWhole(number, least, most))
            .map(BigDecimal::intValueExact)
            .orElseThrow(() -> wrong(node, "is not a whole number from " + least + " to " + most));
  }

  /** A seed: any whole number of 64 bits. */
  static Kind seed() {
    return node ->
        number(node)
            .filter(number -> isWhole(number, Long.MIN_VALUE, Long.MAX_VALUE))
            .map(BigDecimal::longValueExact)
            .orElseThrow(() -> wrong(node, "is not a whole number of 64 bits"));
  }

  /** A number; both ends included. */
  static Kind real(double least, double most) {
    return node ->
        number(node)
            .map(BigDecimal::doubleValue)
            .filter(number -> number >= least && number <= most)
            .orElseThrow(
                () -> wrong(node, "is not a number from " + plain(least) + " to " + plain(most)));
  }

  /** A number above 0, {@code most} included. */
  static Kind positive(double most) {
    return node ->
        number(node)
            .map(BigDecimal::doubleValue)
            .filter(number -> number > 0 && number <= most)
            .orElseThrow(() -> wrong(node, "is not a number above 0 and up to " + plain(most)));
  }

  /** true or false. */
  static Kind flag() {
    return node ->
        switch (node.isValueNode() ? node.asText() : "") {
          case "true" -> true;
          case "false" -> false;
          default -> throw wrong(node, "is neither true nor false");
        };
  }

  /** One of some words; numbers count as words. */
  static Kind word(List<String> known) {
    return node -> {
      String text = node.isValueNode() ? node.asText() : "";
      if (known.contains(text)) {
        return text;
      }

      String list = "known are " + String.join(", ", known);
      throw wrong(
          node,
          "is unknown, "
              + list
              + Suggestions.nearest(text, known)
                  .map(nearest -> "; did you mean '" + nearest + "'?")
                  .orElse(""));
    };
  }

  /** The same, where some words have old names; the value is today's word. */
  static Kind word(List<String> known, Map<String, String> oldNames) {
    Kind words = word(known);
    return node ->
        node.isValueNode() && oldNames.containsKey(node.asText())
            ? oldNames.get(node.asText())
            : words.value(node);
  }

  /** Any word. */
  static Kind text() {
    return node -> {
      if (node.isValueNode() && !node.isNull()) {
        return node.asText();
      }

      throw wrong(node, "is not a word");
    };
  }

  /** {@code word}, kept as it is, or what another kind takes, kept as its text. */
  static Kind wordOr(String word, Kind other) {
    return node -> {
      if (node.asText().equals(word)) {
        return word;
      }

      try {
        return String.valueOf(other.value(node));
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException(wrong.getMessage() + " or '" + word + "'", wrong);
      }
    };
  }

  /** {@code word}, which stands for null, or what another kind takes. */
  static Kind absentOr(String word, Kind other) {
    return node -> {
      if (node.isNull() || node.asText().equals(word)) {
        return null;
      }

      try {
        return other.value(node);
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException(wrong.getMessage() + " or '" + word + "'", wrong);
      }
    };
  }

  private static IllegalArgumentException wrong(JsonNode node, String reason) {
    if (node.isNull()) {
      return new IllegalArgumentException("an empty value " + reason);
    }

    String value = node.isValueNode() ? node.asText() : node.toString();
    return new IllegalArgumentException("'" + value + "' " + reason);
  }

  // YAML 1.1 reads 5e-4 as a word; people mean the number.
  private static Optional<BigDecimal> number(JsonNode node) {
    if (!node.isNumber() && !node.isTextual()) {
      return Optional.empty();
    }

    try {
      return Optional.of(new BigDecimal(node.asText()));
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }

  private static boolean isWhole(BigDecimal number, long least, long most) {
    // Digits first: 1e999999999 must not be written out.
    return number.precision() - number.scale() <= 19
        && number.stripTrailingZeros().scale() <= 0
        && number.compareTo(BigDecimal.valueOf(least)) >= 0
        && number.compareTo(BigDecimal.valueOf(most)) <= 0;
  }

  private static String plain(double bound) {
    return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
  }
}
