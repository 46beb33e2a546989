package convoy.jobs.recipe;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads and writes YAML. Values of {@code --set} replace those of the file. */
final class YamlText {
  /** A recipe has half as many levels. Reading thousands of them takes minutes. */
  private static final int DEEPEST = 20;

  private static final String TOO_DEEP =
      "too deeply nested: sections, keys and lists have at most " + DEEPEST + " levels";

  private static final ObjectMapper YAML =
      new ObjectMapper(
              YAMLFactory.builder()
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .build())
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private YamlText() {}

  /** Reads the file with the overrides, as far as possible, and adds a line for each problem. */
  static ObjectNode read(String text, List<String> overrides, List<String> problems) {
    ObjectNode root = root(text, problems);
    Map<String, String> values = new HashMap<>();
    for (String override : overrides) {
      set(root, override, values, problems);
    }

    return root;
  }

  static String write(Object value) {
    try {
      return YAML.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static ObjectNode root(String text, List<String> problems) {
    if (isTooDeep(text)) {
      problems.add(TOO_DEEP);
      return YAML.createObjectNode();
    }

    try {
      JsonNode node = YAML.readTree(text);
      if (node instanceof ObjectNode object) {
        return object;
      }

      if (!node.isMissingNode() && !node.isNull()) {
        String found = node.isValueNode() ? node.asText() : node.toString();
        problems.add("a recipe is a YAML map of sections, not '" + found + "'");
      }
    } catch (JsonProcessingException broken) {
      problems.add(complaint(broken));
    }

    return YAML.createObjectNode();
  }

  /**
   * Sets the value of a key.
   *
   * @param values values of the overrides before
   */
  private static void set(
      ObjectNode root, String override, Map<String, String> values, List<String> problems) {
    int equals = override.indexOf('=');
    int dot = override.indexOf('.');
    if (dot < 1 || equals < dot + 2) {
      problems.add("--set " + override + ": needs section.key=value, such as training.epochs=3");
      return;
    }

    String key = override.substring(0, equals);
    String given = override.substring(equals + 1);
    String before = values.putIfAbsent(key, given);
    if (before != null) {
      problems.add(
          "--set %s is given twice, as '%s' and as '%s': give it once"
              .formatted(key, before, given));
      return;
    }

    if (isTooDeep(given)) {
      problems.add("--set " + key + ": " + TOO_DEEP);
      return;
    }

    JsonNode value;
    try {
      value = YAML.readTree(given);
    } catch (JsonProcessingException broken) {
      problems.add("--set " + override + ": " + complaint(broken));
      return;
    }

    String section = override.substring(0, dot);
    if (!(root.get(section) instanceof ObjectNode)) {
      root.putObject(section);
    }

    ObjectNode keys = (ObjectNode) root.get(section);
    keys.set(override.substring(dot + 1, equals), value.isMissingNode() ? keys.nullNode() : value);
  }

  /** Reads the levels one by one, as the whole text may take minutes. */
  private static boolean isTooDeep(String text) {
    int depth = 0;
    try (JsonParser parser = YAML.createParser(text)) {
      for (JsonToken token = parser.nextToken();
          token != null && depth <= DEEPEST;
          token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      }
    } catch (IOException broken) {
      return false; // Whoever reads the text says what is wrong with it.
    }

    return depth > DEEPEST;
  }

  private static String complaint(JsonProcessingException broken) {
    String reason = reason(broken.getOriginalMessage());
    return broken.getLocation() == null
        ? "no YAML: " + reason
        : "no YAML at line " + broken.getLocation().getLineNr() + ": " + reason;
  }

  /** The parser's message has lines of the file, which are indented, and some of its own terms. */
  private static String reason(String told) {
    if (told.startsWith("Trailing token")) {
      return "a second document or value begins: keep one";
    }

    return told.contains("special characters are not allowed")
        ? "it is no text in UTF-8: save it as such"
        : told.lines().filter(line -> line.matches("\\S.*")).collect(Collectors.joining(", "));
  }
}
