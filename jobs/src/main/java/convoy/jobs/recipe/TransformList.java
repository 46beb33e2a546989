package convoy.jobs.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A list of transforms as YAML gives it: one-entry maps of a name and its argument. */
final class TransformList {
  private static final ObjectMapper PLAIN = new ObjectMapper();

  private TransformList() {}

  /** The kind of {@code data.train} and {@code data.evaluation}: plain Java values inside. */
  static Object value(JsonNode node) {
    if (!node.isArray()) {
      throw wrong(node);
    }

    List<Map<String, Object>> transforms = new ArrayList<>();
    for (JsonNode entry : node) {
      if (!entry.isObject() || entry.size() != 1) {
        throw wrong(entry);
      }

      String name = entry.fieldNames().next();
      transforms.add(Map.of(name, PLAIN.convertValue(entry.get(name), Object.class)));
    }

    return List.copyOf(transforms);
  }

  private static IllegalArgumentException wrong(JsonNode node) {
    return new IllegalArgumentException(
        "'" + node + "' is not a list of transforms, such as [{randomCrop: 224}]");
  }
}
