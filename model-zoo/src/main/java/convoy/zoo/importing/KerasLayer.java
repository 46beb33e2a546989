package convoy.zoo.importing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** One layer of a Keras configuration: the words of Keras 1 and of its successors. */
record KerasLayer(String name, String type, JsonNode config) {
  /** The first of these settings that is there; null, as JSON, counts as not there. */
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

  /** Height and width, from a list of two or one number; {@code otherwise} where there is none. */
  int[] pair(int[] otherwise, String... names) {
    JsonNode value = setting(names);
    if (value.isArray() && value.size() == 2) {
      return new int[] {value.get(0).asInt(), value.get(1).asInt()};
    }

    return value.isNumber() ? new int[] {value.asInt(), value.asInt()} : otherwise;
  }

  /** Whether channels come before height and width; false also where nothing is said. */
  boolean channelsFirst() {
    String format = text("channels_last", "data_format", "dim_ordering");
    return format.equals("channels_first") || format.equals("th");
  }

  /** Whether the layer itself names the order of its axes. */
  boolean tellsDataFormat() {
    return config.hasNonNull("data_format") || config.hasNonNull("dim_ordering");
  }

  /** Kernels of Keras 1 in Theano's order. */
  boolean hasTheanoKernels() {
    return text("", "dim_ordering").equals("th");
  }

  String activation() {
    return text(LayerFacts.LINEAR, LayerFacts.ACTIVATION).toLowerCase(Locale.ROOT);
  }
}
