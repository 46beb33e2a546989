package convoy.jobs.recipe;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.util.List;

/** Reads and writes YAML. Values of {@code --set} replace those of the file. */
final class YamlText {
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
    for (String override : overrides) {
      set(root, override, problems);
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
    try {
      JsonNode node = YAML.readTree(text);
      if (node instanceof ObjectNode object) {
        return object;
      }

      if (!node.isMissingNode() && !node.isNull()) {
        problems.add("a recipe is a YAML map of sections, not '" + node.asText() + "'");
      }
    } catch (JsonProcessingException broken) {
      problems.add(complaint(broken));
    }

    return YAML.createObjectNode();
  }

  private static void set(ObjectNode root, String override, List<String> problems) {
    int equals = override.indexOf('=');
    int dot = override.indexOf('.');
    if (dot < 1 || equals < dot + 2) {
      problems.add("--set " + override + ": needs section.key=value, such as training.epochs=3");
      return;
    }

    JsonNode value;
    try {
      value = YAML.readTree(override.substring(equals + 1));
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

  private static String complaint(JsonProcessingException broken) {
    String reason = broken.getOriginalMessage().lines().findFirst().orElse("broken");
    return broken.getLocation() == null
        ? "no YAML: " + reason
        : "no YAML at line " + broken.getLocation().getLineNr() + ": " + reason;
  }
}
