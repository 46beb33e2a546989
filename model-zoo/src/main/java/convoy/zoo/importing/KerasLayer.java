package convoy.zoo.importing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * One layer of a Keras configuration, which is written with the words of Keras 1 or of a later
 * version.
 */
record KerasLayer(String name, String type, JsonNode config) {
  /** Returns the first of these settings that exists. JSON's null counts as missing. */
  JsonNode setting(String... names) {
    for (String name : names) {
      if (config.hasNonNull(name)) {
        return config.get(name);
      }
    }

    return config.path(names[0]);
  }

  String text(String otherwise, String... names) {
    JsonNode value = setting(names);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }

    return value.isValueNode() ? value.asText() : value.toString();
  }

  /**
   * Returns height and width, from a list of two numbers or from one number. Returns {@code
   * otherwise} if there is none.
   */
  int[] pair(int[] otherwise, String... names) {
    JsonNode value = setting(names);
    if (value.isArray() && value.size() == 2) {
      return new int[] {value.get(0).asInt(), value.get(1).asInt()};
    }

    return value.isNumber() ? new int[] {value.asInt(), value.asInt()} : otherwise;
  }

  /** Returns whether channels come before height and width, or false if the layer doesn't say. */
  boolean channelsFirst() {
    String format = text("channels_last", "data_format", "dim_ordering");
    return format.equals("channels_first") || format.equals("th");
  }

  /** Returns whether the layer itself names the order of its axes. */
  boolean tellsDataFormat() {
    return config.hasNonNull("data_format") || config.hasNonNull("dim_ordering");
  }

  /** Returns whether Keras 1 stored the kernels in Theano's order. */
  boolean hasTheanoKernels() {
    return text("", "dim_ordering").equals("th");
  }

  String activation() {
    return text(LayerFacts.LINEAR, LayerFacts.ACTIVATION).toLowerCase(Locale.ROOT);
  }
}
