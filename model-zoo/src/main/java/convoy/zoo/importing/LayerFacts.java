package convoy.zoo.importing;

import convoy.zoo.format.ModelFormatException;
import convoy.zoo.graph.Activation;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Layer;
import convoy.zoo.graph.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What decides a layer's arithmetic, by name and in words, the kind first. Two layers with equal
 * facts compute the same from the same weights and input.
 */
record LayerFacts(String layer, Map<String, String> facts) {
  static final String KIND = "kind";
  static final String ACTIVATION = "activation";

  /** Behind a layer without an activation. */
  static final String LINEAR = "linear";

  static LayerFacts of(String layer, String kind) {
    return new LayerFacts(layer, new LinkedHashMap<>(Map.of(KIND, kind)));
  }

  LayerFacts with(String fact, Object value) {
    facts.put(fact, value.toString());
    return this;
  }

  /** The facts of a window: square ones are usual, but not everywhere. */
  LayerFacts window(int[] kernel, int[] stride, int[] padding) {
    return with("kernel", pair(kernel)).with("stride", pair(stride)).with("padding", pair(padding));
  }

  static String pair(int... heightAndWidth) {
    return heightAndWidth[0] + " x " + heightAndWidth[1];
  }

  /**
   * The layers of a network without branches. Dropout is left out; an output's softmax is the
   * activation of the layer before it.
   *
   * @throws ModelFormatException naming the layer that such a list can't hold
   */
  static List<LayerFacts> of(Graph graph) throws ModelFormatException {
    List<LayerFacts> all = new ArrayList<>();
    for (Graph.Node node : graph.inference().nodes()) {
      Layer layer = node.layer();
      if (layer instanceof Layer.Softmax) {
        all.get(all.size() - 1).with(ACTIVATION, "softmax");
      } else if (!(layer instanceof Layer.Dropout)) {
        all.add(of(graph.name(), node));
      }
    }

    return all;
  }

  private static LayerFacts of(String network, Graph.Node node) throws ModelFormatException {
    Layer layer = node.layer();
    LayerFacts facts = of(node.name(), layer.kind());
    if (layer instanceof Layer.Convolution convolution && convolution.connections() == null) {
      return facts
          .with("outputs", convolution.outputChannels())
          .window(
              twice(convolution.kernel()),
              twice(convolution.stride()),
              twice(convolution.padding()))
          .with("dilation", pair(1, 1))
          .with("groups", convolution.groups())
          .with(ACTIVATION, word(convolution.activation()))
          .with("output", node.output());
    } else if (layer instanceof Layer.Pooling pooling) {
      return facts
          .window(twice(pooling.kernel()), twice(pooling.stride()), twice(pooling.padding()))
          .with(ACTIVATION, LINEAR)
          .with("output", node.output());
    } else if (layer instanceof Layer.FullyConnected dense) {
      return facts
          .with("outputs", dense.outputs())
          .with(ACTIVATION, word(dense.activation()))
          .with("output", Shape.vector(dense.outputs()));
    }

    throw new ModelFormatException(
        "%s has the layer %s (%s), which has no counterpart in Keras"
            .formatted(network, node.name(), layer.kind()));
  }

  private static int[] twice(int side) {
    return new int[] {side, side};
  }

  private static String word(Activation activation) {
    return activation == Activation.NONE ? LINEAR : activation.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Compares layer by layer.
   *
   * @param network whose layers {@code ours} are
   * @throws ModelFormatException naming the first layer that differs, the fact and both values
   */
  static void check(List<LayerFacts> theirs, String network, List<LayerFacts> ours)
      throws ModelFormatException {
    for (int i = 0; i < Math.min(theirs.size(), ours.size()); i++) {
      compare(theirs.get(i), network, ours.get(i));
    }

    if (theirs.size() > ours.size()) {
      throw new ModelFormatException(
          "layer %s comes after the last one of %s"
              .formatted(theirs.get(ours.size()).layer, network));
    } else if (theirs.size() < ours.size()) {
      throw new ModelFormatException(
          "layer %s of %s has no counterpart: the file's layers end before it"
              .formatted(ours.get(theirs.size()).layer, network));
    }
  }

  private static void compare(LayerFacts theirs, String network, LayerFacts ours)
      throws ModelFormatException {
    for (Map.Entry<String, String> fact : ours.facts.entrySet()) {
      String value = theirs.facts.getOrDefault(fact.getKey(), "none");
      if (!value.equals(fact.getValue())) {
        throw new ModelFormatException(
            "layer %s has %s %s, %s of %s has %s"
                .formatted(
                    theirs.layer, fact.getKey(), value, ours.layer, network, fact.getValue()));
      }
    }
  }
}
