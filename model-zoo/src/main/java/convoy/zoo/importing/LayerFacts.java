package convoy.zoo.importing;

import convoy.zoo.format.ModelFormatException;
import convoy.zoo.graph.Activation;
import convoy.zoo.graph.Addition;
import convoy.zoo.graph.BatchNormalization;
import convoy.zoo.graph.Concatenation;
import convoy.zoo.graph.Convolution;
import convoy.zoo.graph.Dropout;
import convoy.zoo.graph.FullyConnected;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Layer;
import convoy.zoo.graph.LocalResponseNormalization;
import convoy.zoo.graph.Pooling;
import convoy.zoo.graph.Rbf;
import convoy.zoo.graph.Shape;
import convoy.zoo.graph.Softmax;
import convoy.zoo.graph.Subsampling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The facts that decide what a layer computes, by name and in words. The kind of layer comes first.
 * Two layers with equal facts compute the same from the same weights and input.
 */
record LayerFacts(String layer, Map<String, String> facts) {
  static final String KIND = "kind";
  static final String ACTIVATION = "activation";

  /** Stands for the activation of a layer that has none. */
  static final String LINEAR = "linear";

  static LayerFacts of(String layer, String kind) {
    return new LayerFacts(layer, new LinkedHashMap<>(Map.of(KIND, kind)));
  }

  LayerFacts with(String fact, Object value) {
    facts.put(fact, value.toString());
    return this;
  }

  /** Adds the facts of a window. Most windows are square, but a file may hold others. */
  LayerFacts window(int[] kernel, int[] stride, int[] padding) {
    return with("kernel", pair(kernel)).with("stride", pair(stride)).with("padding", pair(padding));
  }

  static String pair(int... heightAndWidth) {
    return heightAndWidth[0] + " x " + heightAndWidth[1];
  }

  /**
   * Returns the layers of a network without branches. Dropout is left out, and the softmax of the
   * output counts as the activation of the layer before it.
   *
   * @throws ModelFormatException naming a layer that such a list can't hold
   */
  static List<LayerFacts> of(Graph graph) throws ModelFormatException {
    List<LayerFacts> all = new ArrayList<>();
    for (Graph.Node node : graph.inference().nodes()) {
      boolean told = node.layer().accept(new Telling(node, all));
      if (!told) {
        throw new ModelFormatException(
            "%s has the layer %s (%s), which has no counterpart in Keras"
                .formatted(graph.name(), node.name(), node.layer().kind()));
      }
    }

    return all;
  }

  /**
   * Adds each kind of layer to a list. Each method returns whether such a list can hold the layer.
   */
  private record Telling(Graph.Node node, List<LayerFacts> all) implements Layer.Visitor<Boolean> {
    @Override
    public Boolean convolution(Convolution layer) {
      if (layer.connections() != null) {
        return false;
      }

      return add(
          facts()
              .with("outputs", layer.outputChannels())
              .window(twice(layer.kernel()), twice(layer.stride()), twice(layer.padding()))
              .with("dilation", pair(1, 1))
              .with("groups", layer.groups())
              .with("bias", layer.hasBias())
              .with(ACTIVATION, word(layer.activation()))
              .with("output", node.output()));
    }

    @Override
    public Boolean fullyConnected(FullyConnected layer) {
      return add(
          facts()
              .with("outputs", layer.outputs())
              .with(ACTIVATION, word(layer.activation()))
              .with("output", Shape.vector(layer.outputs())));
    }

    @Override
    public Boolean pooling(Pooling layer) {
      return add(
          facts()
              .window(twice(layer.kernel()), twice(layer.stride()), twice(layer.padding()))
              .with(ACTIVATION, LINEAR)
              .with("output", node.output()));
    }

    @Override
    public Boolean subsampling(Subsampling layer) {
      return false;
    }

    @Override
    public Boolean localResponseNormalization(LocalResponseNormalization layer) {
      return false;
    }

    @Override
    public Boolean batchNormalization(BatchNormalization layer) {
      return false;
    }

    @Override
    public Boolean dropout(Dropout layer) {
      return true;
    }

    @Override
    public Boolean concatenation(Concatenation layer) {
      return false;
    }

    @Override
    public Boolean addition(Addition layer) {
      return false;
    }

    @Override
    public Boolean softmax(Softmax layer) {
      all.get(all.size() - 1).with(ACTIVATION, "softmax");
      return true;
    }

    @Override
    public Boolean rbf(Rbf layer) {
      return false;
    }

    private LayerFacts facts() {
      return of(node.name(), node.layer().kind());
    }

    private boolean add(LayerFacts facts) {
      return all.add(facts);
    }
  }

  private static int[] twice(int side) {
    return new int[] {side, side};
  }

  private static String word(Activation activation) {
    return activation == Activation.NONE ? LINEAR : activation.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Compares two networks layer by layer.
   *
   * @param network the name of the network to which the layers {@code ours} belong
   * @throws ModelFormatException naming the first layer that differs, the fact and both values
   */
  static void check(List<LayerFacts> theirs, String network, List<LayerFacts> ours)
      throws ModelFormatException {
    for (int i = 0; i < Math.min(theirs.size(), ours.size()); i++) {
      compare(theirs.get(i), network, ours.get(i));
    }

    if (theirs.size() > ours.size()) {
      throw new ModelFormatException(
          "layer %s comes after the last one of %s; give another --architecture, or leave the layer out"
              .formatted(theirs.get(ours.size()).layer, network));
    } else if (theirs.size() < ours.size()) {
      throw new ModelFormatException(
          "layer %s of %s has no counterpart: the file's layers end before it; give another --architecture, or save the whole model"
              .formatted(ours.get(theirs.size()).layer, network));
    }
  }

  private static void compare(LayerFacts theirs, String network, LayerFacts ours)
      throws ModelFormatException {
    for (Map.Entry<String, String> fact : ours.facts.entrySet()) {
      String value = theirs.facts.getOrDefault(fact.getKey(), "none");
      if (!value.equals(fact.getValue())) {
        throw new ModelFormatException(
            "layer %s has %s %s, %s of %s has %s; give the --architecture and --input-size whose layers are the file's"
                .formatted(
                    theirs.layer, fact.getKey(), value, ours.layer, network, fact.getValue()));
      }
    }
  }
}
