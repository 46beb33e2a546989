package convoy.jobs.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/**
 * One key of a section.
 *
 * @param byDefault null where another key decides it, or where null is the value
 * @param built the only value that works so far, or null when all do
 */
record Key(String name, Kind kind, Object byDefault, Object built) {
  static Key of(String name, Kind kind, Object byDefault) {
    return new Key(name, kind, byDefault, null);
  }

  /** A key of the design whose feature isn't built: its default is accepted, nothing else. */
  static Key defaultOnly(String name, Kind kind, Object byDefault) {
    return new Key(name, kind, byDefault, byDefault);
  }

  /**
   * The value of a node.
   *
   * @throws IllegalArgumentException with what is wrong, the value in it
   */
  Object value(JsonNode node) {
    Object value = kind.value(node);
    if (built != null && !Objects.equals(built, value)) {
      throw new IllegalArgumentException(
          "'" + value + "' is not supported yet, only '" + built + "'");
    }

    return value;
  }
}
