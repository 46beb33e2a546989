package convoy.data.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Reads a JSON object from a text that holds nothing else. NaN and Infinity are values, as Python
 * writes them.
 */
final class StrictJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private StrictJson() {}

  /**
   * Returns the object.
   *
   * @throws SourceException with a reason that follows the name of the text
   */
  static JsonNode object(String text) throws SourceException {
    JsonNode node;
    try {
      node = JSON.readTree(text);
    } catch (MismatchedInputException more) {
      throw new SourceException("holds more than one record: write each on its own line", more);
    } catch (JsonProcessingException broken) {
      throw new SourceException("is not JSON: " + broken.getOriginalMessage(), broken);
    }

    if (!node.isObject()) {
      throw new SourceException("is no JSON object {...}");
    }

    return node;
  }

  /** Returns a text or number, or null if the field is absent, null, NaN, or holds other values. */
  static String value(JsonNode object, String name) {
    JsonNode value = object.path(name);
    boolean number = value.isNumber() && Double.isFinite(value.doubleValue());
    return number || value.isTextual() || value.isBoolean() ? value.asText() : null;
  }
}
