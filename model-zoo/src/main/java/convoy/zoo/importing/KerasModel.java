package convoy.zoo.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import convoy.zoo.format.ModelFormatException;
import convoy.zoo.graph.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A Keras configuration whose layers form a chain, in the order in which they compute. */
record KerasModel(List<KerasLayer> layers) {
  private static final JsonMapper JSON = new JsonMapper();

  KerasModel {
    layers = List.copyOf(layers);
  }

  /**
   * Reads the text of {@code model_config}.
   *
   * @throws ModelFormatException when it is damaged, or a layer has several inputs or several
   *     followers
   */
  static KerasModel parse(String text) throws ModelFormatException {
    JsonNode model;
    try {
      model = JSON.readTree(text);
    } catch (JsonProcessingException problem) {
      throw new ModelFormatException(
          "model_config is no JSON: %s; save the model again with model.save('FILE.h5')"
              .formatted(problem.getOriginalMessage()),
          problem);
    }

    JsonNode config = model.path("config");
    JsonNode layers = config.isArray() ? config : config.path("layers");
    if (!layers.isArray() || layers.isEmpty()) {
      throw new ModelFormatException(
          "model_config has no layers; save the model again with model.save('FILE.h5')");
    }

    boolean sequential = model.path("class_name").asText().equals("Sequential");
    return new KerasModel(sequential ? inOrder(layers) : chained(layers));
  }

  private static List<KerasLayer> inOrder(JsonNode layers) {
    List<KerasLayer> all = new ArrayList<>();
    layers.forEach(layer -> all.add(layer(layer)));
    return all;
  }

  private static KerasLayer layer(JsonNode node) {
    JsonNode config = node.path("config");
    String name = node.path("name").asText(config.path("name").asText());
    return new KerasLayer(name, node.path("class_name").asText(), config);
  }

  /** Returns the layers of a functional model in order, starting at its input. */
  private static List<KerasLayer> chained(JsonNode layers) throws ModelFormatException {
    Map<String, KerasLayer> followers = new LinkedHashMap<>();
    List<KerasLayer> order = new ArrayList<>();
    for (JsonNode node : layers) {
      KerasLayer layer = layer(node);
      Set<String> inputs = inputs(node.path("inbound_nodes"));
      if (inputs.isEmpty() && order.isEmpty()) {
        order.add(layer);
      } else if (inputs.size() != 1) {
        throw branch(layer.name(), "has " + inputs.size() + " inputs");
      } else {
        String input = inputs.iterator().next();
        KerasLayer twin = followers.put(input, layer);
        if (twin != null) {
          throw branch(input, "is followed by %s and %s".formatted(twin.name(), layer.name()));
        }
      }
    }

    Set<String> seen = new HashSet<>();
    while (!order.isEmpty() && followers.containsKey(order.get(order.size() - 1).name())) {
      KerasLayer last = order.get(order.size() - 1);
      if (!seen.add(last.name())) {
        throw branch(last.name(), "follows itself");
      }

      order.add(followers.get(last.name()));
    }

    if (order.size() != layers.size()) {
      throw new ModelFormatException("the layers of model_config are not connected");
    }

    return order;
  }

  private static ModelFormatException branch(String layer, String what) {
    return new ModelFormatException(
        "layer %s %s; only networks without branches are read from Keras".formatted(layer, what));
  }

  /**
   * Finds the names of input layers in {@code [[["conv2d_1", 0, 0, {}]]]}, or, as Keras 3 writes
   * them, after {@code keras_history}.
   */
  private static Set<String> inputs(JsonNode inbound) {
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode history : inbound.findValues("keras_history")) {
      names.add(history.path(0).asText());
    }

    if (names.isEmpty()) {
      inbound.forEach(
          node -> node.forEach(input -> names.add(input.isArray() ? input.path(0).asText() : "")));
    }

    return names;
  }

  /**
   * Returns the shape of the picture that the first layer takes, if the model states all its sides.
   */
  Optional<Shape> input() {
    JsonNode shape = layers.get(0).setting("batch_input_shape", "batch_shape");
    for (int axis = 1; axis < 4; axis++) {
      if (shape.path(axis).asInt() < 1) {
        return Optional.empty();
      }
    }

    int first = shape.get(1).asInt();
    int second = shape.get(2).asInt();
    int third = shape.get(3).asInt();
    return Optional.of(
        channelsFirst() ? new Shape(first, second, third) : new Shape(third, first, second));
  }

  /** Returns whether channels come first, according to the first layer that says so. */
  boolean channelsFirst() {
    return layers.stream()
        .filter(KerasLayer::tellsDataFormat)
        .findFirst()
        .map(KerasLayer::channelsFirst)
        .orElse(false);
  }
}
