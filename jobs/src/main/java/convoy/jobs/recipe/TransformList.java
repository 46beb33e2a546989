package convoy.jobs.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A list of transforms as YAML gives it: one-entry maps of a name and its argument. */
final class TransformList {
  private static final ObjectMapper PLAIN = new ObjectMapper();

  /** Of a picture's side in pixels, as for model.inputSize: bytes are counted in 32 bits. */
  private static final int LARGEST = 4096;

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
      requireSizes(entry, entry.get(name));
      transforms.add(Map.of(name, PLAIN.convertValue(entry.get(name), Object.class)));
    }

    return List.copyOf(transforms);
  }

  private static void requireSizes(JsonNode entry, JsonNode value) {
    if (value.isNull()) {
      throw new IllegalArgumentException("'" + entry + "' has no value");
    }

    // A number, or a text such as 256x256.
    for (String side : value.asText().split("x", -1)) {
      if (side.matches("\\d+(\\.\\d+)?([eE]\\d+)?") && Double.parseDouble(side) > LARGEST) {
        throw new IllegalArgumentException(
            "'" + entry + "' has " + side + " px; " + LARGEST + " is the most");
      }
    }

    value.forEach(inside -> requireSizes(entry, inside));
  }

  private static IllegalArgumentException wrong(JsonNode node) {
    return new IllegalArgumentException(
        "'" + node + "' is not a list of transforms, such as [{randomCrop: 224}]");
  }
}
