package convoy.zoo.importing;

import com.fasterxml.jackson.databind.JsonNode;
import convoy.zoo.format.ModelFormatException;
import convoy.zoo.graph.LayerArithmetic;
import convoy.zoo.graph.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows a picture through a Keras model. It records what each layer does, in the same words as
 * for the zoo's own layers, so that the two can be compared. It also records in which order a dense
 * layer receives its values.
 */
final class KerasChain {
  private final List<Placed> placed = new ArrayList<>();
  private final boolean channelsFirst;
  private Shape shape;

  /** The zeros above, left, below and right that an earlier layer put around the picture. */
  private int[] zeros = new int[4];

  /**
   * The planes before they were flattened with channels last, or null if they came with channels
   * first.
   */
  private Shape interleaved;

  /**
   * A layer with what it does.
   *
   * @param interleaved the planes whose values reach a dense layer in the order height, width,
   *     channel; null if they come in the order channel, height, width, or as a vector
   */
  record Placed(KerasLayer layer, LayerFacts facts, Shape interleaved) {
    boolean hasWeights() {
      return List.of("convolution", "fullyConnected").contains(facts.facts().get(LayerFacts.KIND));
    }
  }

  private KerasChain(boolean channelsFirst, Shape input) {
    this.channelsFirst = channelsFirst;
    this.shape = input;
  }

  /**
   * Returns the layers that compute something in inference. An activation belongs to the layer
   * before it.
   *
   * @throws ModelFormatException naming a layer that can't be followed
   */
  static List<Placed> of(KerasModel model, Shape input) throws ModelFormatException {
    KerasChain chain = new KerasChain(model.channelsFirst(), input);
    for (KerasLayer layer : model.layers()) {
      chain.add(layer);
    }

    return chain.placed;
  }

  private void add(KerasLayer layer) throws ModelFormatException {
    switch (layer.type()) {
      case "InputLayer", "Dropout" -> {}
      case "Conv2D", "Convolution2D" -> convolution(layer);
      case "MaxPooling2D" -> pooling(layer, "maxPooling");
      case "AveragePooling2D" -> pooling(layer, "averagePooling");
      case "GlobalMaxPooling2D" -> globalPooling(layer, "maxPooling");
      case "GlobalAveragePooling2D" -> globalPooling(layer, "averagePooling");
      case "ZeroPadding2D" -> zeroPadding(layer);
      case "Flatten" -> flatten(layer);
      case "Dense" -> dense(layer);
      case "Activation" -> activation(layer, layer.activation());
      case "ReLU" -> activation(layer, plainRelu(layer));
      case "Softmax" -> activation(layer, "softmax");
      default ->
          place(
              layer,
              LayerFacts.of(layer.name(), layer.type())
                  .with(LayerFacts.ACTIVATION, LayerFacts.LINEAR),
              null);
    }
  }

  private void place(KerasLayer layer, LayerFacts facts, Shape flattened) {
    placed.add(new Placed(layer, facts, flattened));
  }

  private void convolution(KerasLayer layer) throws ModelFormatException {
    requireSameFormat(layer);
    int[] kernel = layer.pair(null, "kernel_size");
    if (kernel == null) {
      kernel = new int[] {number(layer, "nb_row"), number(layer, "nb_col")};
    }

    int[] dilation = layer.pair(new int[] {1, 1}, "dilation_rate");
    int[] reach = new int[2];
    for (int axis = 0; axis < 2; axis++) {
      reach[axis] = (kernel[axis] - 1) * dilation[axis] + 1;
    }

    int outputs = number(layer, "filters", "nb_filter");
    int[] stride = layer.pair(new int[] {1, 1}, "strides", "subsample");
    int[] before = slide(layer, reach, stride, outputs);
    place(
        layer,
        LayerFacts.of(layer.name(), "convolution")
            .with("outputs", outputs)
            .window(kernel, stride, before)
            .with("dilation", LayerFacts.pair(dilation))
            .with("groups", layer.text("1", "groups"))
            .with("bias", layer.text("true", "use_bias", "bias"))
            .with(LayerFacts.ACTIVATION, layer.activation())
            .with("output", shape),
        null);
  }

  private void pooling(KerasLayer layer, String kind) throws ModelFormatException {
    requireSameFormat(layer);
    if (zeros[0] + zeros[1] + zeros[2] + zeros[3] > 0) {
      throw new ModelFormatException(
          "layer %s pools over zeros that the layer before it added; pooling in the zoo leaves padding out"
              .formatted(layer.name()));
    }

    int[] kernel = layer.pair(new int[] {2, 2}, "pool_size");
    int[] stride = layer.pair(kernel, "strides");
    int[] before = slide(layer, kernel, stride, shape.channels());
    place(
        layer,
        LayerFacts.of(layer.name(), kind)
            .window(kernel, stride, before)
            .with(LayerFacts.ACTIVATION, LayerFacts.LINEAR)
            .with("output", shape),
        null);
  }

  private void globalPooling(KerasLayer layer, String kind) throws ModelFormatException {
    requireSameFormat(layer);
    int[] kernel = {shape.height(), shape.width()};
    shape = Shape.vector(shape.channels());
    place(
        layer,
        LayerFacts.of(layer.name(), kind)
            .window(kernel, new int[] {1, 1}, new int[] {0, 0})
            .with(LayerFacts.ACTIVATION, LayerFacts.LINEAR)
            .with("output", shape),
        null);
  }

  /** Moves a window over the picture and returns the zeros above it and to its left. */
  private int[] slide(KerasLayer layer, int[] kernel, int[] stride, int channels)
      throws ModelFormatException {
    String padding = layer.text("valid", "padding", "border_mode");
    int[] sizes = {shape.height(), shape.width()};
    int[] before = new int[2];
    for (int axis = 0; axis < 2; axis++) {
      if (kernel[axis] < 1 || stride[axis] < 1) {
        throw new ModelFormatException(
            "layer %s has kernel %s and stride %s"
                .formatted(layer.name(), LayerFacts.pair(kernel), LayerFacts.pair(stride)));
      }

      int size = sizes[axis] + zeros[axis] + zeros[axis + 2];
      LayerArithmetic.Padding around =
          switch (padding) {
            case "valid" -> LayerArithmetic.Padding.NONE;
            case "same" -> LayerArithmetic.same(size, kernel[axis], stride[axis]);
            default ->
                throw new ModelFormatException(
                    "layer %s has padding %s; known are valid and same"
                        .formatted(layer.name(), padding));
          };
      before[axis] = zeros[axis] + around.before();
      sizes[axis] = LayerArithmetic.outputSize(size, kernel[axis], stride[axis], around);
    }

    zeros = new int[4];
    shape = shape(layer, channels, sizes);
    return before;
  }

  private static Shape shape(KerasLayer layer, int channels, int[] sizes)
      throws ModelFormatException {
    try {
      return new Shape(channels, sizes[0], sizes[1]);
    } catch (IllegalArgumentException problem) {
      throw new ModelFormatException(
          "layer " + layer.name() + ": " + problem.getMessage(), problem);
    }
  }

  /** Reads the padding: one number, two for height and width, or two pairs of before and after. */
  private void zeroPadding(KerasLayer layer) throws ModelFormatException {
    requireSameFormat(layer);
    JsonNode padding = layer.setting("padding");
    JsonNode first = padding.path(0);
    if (first.isArray()) {
      JsonNode second = padding.path(1);
      zeros =
          new int[] {
            first.path(0).asInt(),
            second.path(0).asInt(),
            first.path(1).asInt(),
            second.path(1).asInt()
          };
    } else {
      int[] both = layer.pair(new int[] {0, 0}, "padding");
      zeros = new int[] {both[0], both[1], both[0], both[1]};
    }

    for (int side : zeros) {
      if (side < 0 || side > shape.height()) {
        throw new ModelFormatException("layer " + layer.name() + " has padding " + padding);
      }
    }
  }

  /**
   * Keras only reorders channels-first planes if the layer says so; otherwise the order in memory
   * counts.
   */
  private void flatten(KerasLayer layer) throws ModelFormatException {
    if (layer.channelsFirst() && !channelsFirst) {
      throw new ModelFormatException(
          "layer %s flattens as channels_first what is channels_last".formatted(layer.name()));
    }

    interleaved = channelsFirst == layer.channelsFirst() ? shape : null;
    shape = Shape.vector(shape.size());
  }

  private void dense(KerasLayer layer) throws ModelFormatException {
    if (shape.height() * shape.width() > 1) {
      throw new ModelFormatException(
          "layer %s sees each of %d x %d places separately, because no Flatten comes before it"
              .formatted(layer.name(), shape.height(), shape.width()));
    }

    int outputs = number(layer, "units", "output_dim");
    Shape before = interleaved;
    interleaved = null;
    shape = shape(layer, outputs, new int[] {1, 1});
    place(
        layer,
        LayerFacts.of(layer.name(), "fullyConnected")
            .with("outputs", outputs)
            .with(LayerFacts.ACTIVATION, layer.activation())
            .with("output", shape),
        before);
  }

  private void activation(KerasLayer layer, String activation) throws ModelFormatException {
    if (activation.equals(LayerFacts.LINEAR)) {
      return;
    }

    LayerFacts last = placed.isEmpty() ? null : placed.get(placed.size() - 1).facts();
    if (last == null || !LayerFacts.LINEAR.equals(last.facts().get(LayerFacts.ACTIVATION))) {
      throw new ModelFormatException(
          "layer %s is an activation (%s) after %s, which has one or can't have one"
              .formatted(layer.name(), activation, last == null ? "the input" : last.layer()));
    }

    last.with(LayerFacts.ACTIVATION, activation);
  }

  private static String plainRelu(KerasLayer layer) {
    boolean plain =
        layer.setting("max_value").asDouble(0) == 0
            && layer.setting("negative_slope").asDouble(0) == 0
            && layer.setting("threshold").asDouble(0) == 0;
    return plain ? "relu" : "relu with " + layer.config();
  }

  private void requireSameFormat(KerasLayer layer) throws ModelFormatException {
    if (layer.tellsDataFormat() && layer.channelsFirst() != channelsFirst) {
      throw new ModelFormatException(
          "layer %s has data_format %s, layers before it %s: axes change their meaning between them"
              .formatted(
                  layer.name(),
                  layer.text("", "data_format", "dim_ordering"),
                  channelsFirst ? "channels_first" : "channels_last"));
    }
  }

  private static int number(KerasLayer layer, String... names) throws ModelFormatException {
    JsonNode value = layer.setting(names);
    if (!value.isInt() || value.asInt() < 1) {
      throw new ModelFormatException("layer " + layer.name() + " has " + names[0] + " " + value);
    }

    return value.asInt();
  }
}
