package convoy.zoo;

import convoy.options.Suggestions;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Parameter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the recipe's {@code model.freeze}: it decides which layers training leaves unchanged. */
public final class FrozenLayers {
  /** The value that freezes no layer. */
  public static final String NONE = "none";

  /**
   * The value that freezes everything before the first fully connected layer, or before the
   * classifier where it is a convolution. These layers describe a picture; the layers after them
   * decide its class.
   */
  public static final String FEATURES = "features";

  private FrozenLayers() {}

  /**
   * Returns the names of the layers from the picture up to the layer that {@code freeze} names.
   * Auxiliary classifiers are not on this way and always learn.
   *
   * @param freeze {@link #NONE}, {@link #FEATURES} or the name of a layer, which is frozen together
   *     with all layers before it
   * @throws IllegalArgumentException when there is no such layer or nothing is left to train
   */
  public static Set<String> of(Graph graph, String freeze) {
    List<Graph.Node> nodes = graph.inference().nodes();
    Set<String> frozen = new LinkedHashSet<>();
    int end = freeze.equals(NONE) ? 0 : end(graph, nodes, freeze);
    nodes.subList(0, end).forEach(node -> frozen.add(node.name()));
    if (nodes.stream().skip(end).noneMatch(FrozenLayers::learns)) {
      throw new IllegalArgumentException(
          "'" + freeze + "' leaves no layer of " + graph.name() + " to train");
    }

    return frozen;
  }

  private static boolean learns(Graph.Node node) {
    return node.parameters().stream().anyMatch(Parameter::trainable);
  }

  private static int end(Graph graph, List<Graph.Node> nodes, String freeze) {
    List<String> classifiers = graph.classifiers();
    for (int i = 0; i < nodes.size(); i++) {
      Graph.Node node = nodes.get(i);
      boolean decides = node.layer().flattens() || classifiers.contains(node.name());
      if (freeze.equals(FEATURES) && decides) {
        return i;
      } else if (node.name().equals(freeze)) {
        return i + 1;
      }
    }

    String message =
        "'%s' is no layer of %s: give none, features or a layer that convoy models %s prints"
            .formatted(freeze, graph.name(), graph.name());
    List<String> known = nodes.stream().map(Graph.Node::name).toList();
    throw new IllegalArgumentException(
        Suggestions.nearest(freeze, known)
            .or(() -> Suggestions.nearest(freeze, List.of(NONE, FEATURES)))
            .map(nearest -> message + "; did you mean '" + nearest + "'?")
            .orElse(message));
  }
}
