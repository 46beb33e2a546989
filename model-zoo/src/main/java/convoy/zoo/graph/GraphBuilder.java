package convoy.zoo.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Builds a network in the rows of its paper's table: each call adds one layer after the last one.
 * It computes shapes, tensors and multiply-adds on the way.
 */
public final class GraphBuilder {
  private final Shape input;
  private final Map<String, Graph.Node> nodes = new LinkedHashMap<>();
  private final List<Graph.Head> heads = new ArrayList<>();
  private String last = Graph.INPUT;
  private boolean batchNormalized;

  private GraphBuilder(Shape input) {
    this.input = input;
  }

  /**
   * Builds a network.
   *
   * @param layers adds the layers; it may be called again with other input sizes to find the
   *     smallest one
   * @throws IllegalArgumentException naming the layer that does not fit and, if the picture is too
   *     small, the smallest size that works
   */
  public static Graph build(String name, Shape input, int classes, Consumer<GraphBuilder> layers) {
    try {
      return attempt(name, input, classes, layers);
    } catch (TooSmallException problem) {
      int smallest =
          SmallestInput.find(size -> attempt(name, input.resized(size), classes, layers));
      throw new IllegalArgumentException(
          "%s at %d x %d px: layer %s; the smallest input is %d px"
              .formatted(name, input.height(), input.width(), problem.getMessage(), smallest),
          problem);
    } catch (IllegalArgumentException problem) {
      throw new IllegalArgumentException(name + ": " + problem.getMessage(), problem);
    }
  }

  private static Graph attempt(
      String name, Shape input, int classes, Consumer<GraphBuilder> layers) {
    GraphBuilder builder = new GraphBuilder(input);
    layers.accept(builder);
    return new Graph(name, input, classes, List.copyOf(builder.nodes.values()), builder.heads);
  }

  public Shape input() {
    return input;
  }

  /** Returns the shape of the last layer's output. */
  public Shape shape() {
    return shapeOf(last);
  }

  /**
   * Decides whether each convolution from here on gets a batch normalization NAME.bn before its
   * activation, with torch's constants. The convolution keeps its bias, as in torchvision's vgg_bn,
   * but the bias starts at 0: the normalization subtracts it again, and float32 keeps fewer digits
   * of what lies around a large bias.
   */
  public GraphBuilder batchNormalized(boolean normalized) {
    batchNormalized = normalized;
    return this;
  }

  /** Adds a convolution that sees all channels, followed by the activation. */
  public GraphBuilder convolution(
      String name, int channels, Window window, Weights weights, Activation activation) {
    return groupedConvolution(name, 1, channels, window, weights, activation);
  }

  /** Adds a convolution whose channels are divided into groups that don't see each other. */
  public GraphBuilder groupedConvolution(
      String name,
      int groups,
      int channels,
      Window window,
      Weights weights,
      Activation activation) {
    return convolution(name, groups, channels, null, window, weights, activation);
  }

  /** Adds a convolution whose output channels only see the input channels listed for them. */
  public GraphBuilder connectedConvolution(
      String name,
      List<List<Integer>> connections,
      Window window,
      Weights weights,
      Activation activation) {
    return convolution(name, 1, connections.size(), connections, window, weights, activation);
  }

  private GraphBuilder convolution(
      String name,
      int groups,
      int channels,
      List<List<Integer>> connections,
      Window window,
      Weights weights,
      Activation activation) {
    add(
        name,
        new Convolution(
            channels,
            window.kernel(),
            window.stride(),
            window.padding(),
            groups,
            connections,
            batchNormalized ? weights.bias(0) : weights,
            batchNormalized ? Activation.NONE : activation));
    return batchNormalized ? batchNormalization(name + ".bn", activation) : this;
  }

  /**
   * Normalizes each channel over the minibatch, with epsilon 1e-5 and running statistics that move
   * by 0.1.
   */
  public GraphBuilder batchNormalization(String name, Activation activation) {
    return add(name, new BatchNormalization(1e-5, 0.1, activation));
  }

  /** Takes the largest value of each window. */
  public GraphBuilder maxPooling(String name, Window window) {
    return pooling(name, Pooling.Mode.MAX, window);
  }

  /** Takes the mean of each window without the padding. */
  public GraphBuilder averagePooling(String name, Window window) {
    return pooling(name, Pooling.Mode.AVERAGE, window);
  }

  private GraphBuilder pooling(String name, Pooling.Mode mode, Window window) {
    return add(
        name,
        new Pooling(mode, window.kernel(), window.stride(), window.padding(), window.hanging()));
  }

  /** Adds LeNet-5's trainable subsampling. Its stride equals its kernel. */
  public GraphBuilder subsampling(String name, int kernel, Activation activation) {
    return add(name, new Subsampling(kernel, activation));
  }

  /** Normalizes across {@code size} channels. Alpha is not divided by the size. */
  public GraphBuilder localResponseNormalization(
      String name, int size, double k, double alpha, double beta) {
    return add(name, new LocalResponseNormalization(size, k, alpha, beta));
  }

  /** Adds a dense layer. Planes are flattened in C, H, W order. */
  public GraphBuilder fullyConnected(
      String name, int outputs, Weights weights, Activation activation) {
    return add(name, new FullyConnected(outputs, weights, activation));
  }

  /** Zeroes values with probability {@code rate}, only in training. */
  public GraphBuilder dropout(String name, double rate) {
    return add(name, new Dropout(rate));
  }

  /** Adds the output of a classifier with cross-entropy loss. */
  public GraphBuilder softmax(String name) {
    return add(name, new Softmax());
  }

  /** Adds LeNet-5's output, see {@link Rbf}. */
  public GraphBuilder rbf(String name, List<List<Integer>> codes, double j) {
    return add(name, new Rbf(codes, j));
  }

  /** Adds branches that all start at the last layer, and joins their outputs along the channels. */
  @SafeVarargs
  public final GraphBuilder concatenation(String name, Consumer<GraphBuilder>... branches) {
    String start = last;
    List<String> ends = new ArrayList<>();
    for (Consumer<GraphBuilder> branch : branches) {
      ends.add(end(start, branch));
    }

    return add(name, new Concatenation(), ends);
  }

  /**
   * Adds branches that all start at the last layer, sums their outputs and applies the activation.
   * A residual block consists of its layers and either {@link #identity} or a 1 x 1 convolution.
   */
  @SafeVarargs
  public final GraphBuilder addition(
      String name, Activation activation, Consumer<GraphBuilder>... branches) {
    String start = last;
    List<String> ends = new ArrayList<>();
    for (Consumer<GraphBuilder> branch : branches) {
      ends.add(end(start, branch));
    }

    return add(name, new Addition(activation), ends);
  }

  /** Returns a branch without layers: its output is its input. */
  public static Consumer<GraphBuilder> identity() {
    return branch -> {};
  }

  /** Adds the layers of a branch and returns its last one. */
  private String end(String start, Consumer<GraphBuilder> branch) {
    last = start;
    branch.accept(this);
    return last;
  }

  /**
   * Adds a classifier after the last layer that only training uses. The next layer follows the last
   * one as if the classifier weren't there.
   *
   * @param weight of its loss
   * @param layers adds the layers, which end in a softmax
   */
  public GraphBuilder auxiliaryClassifier(double weight, Consumer<GraphBuilder> layers) {
    String start = last;
    layers.accept(this);
    heads.add(new Graph.Head(last, weight));
    last = start;
    return this;
  }

  private GraphBuilder add(String name, Layer layer) {
    return add(name, layer, List.of(last));
  }

  private GraphBuilder add(String name, Layer layer, List<String> inputs) {
    if (nodes.containsKey(name) || name.equals(Graph.INPUT)) {
      throw new IllegalArgumentException("two layers are called " + name);
    }

    List<Shape> shapes = inputs.stream().map(this::shapeOf).toList();
    try {
      Shape output = layer.output(shapes);
      nodes.put(
          name,
          new Graph.Node(
              name,
              layer,
              inputs,
              output,
              layer.parameters(name, shapes.get(0)),
              layer.multiplyAdds(shapes.get(0), output)));
    } catch (TooSmallException problem) {
      throw new TooSmallException(name + ": " + problem.getMessage());
    } catch (IllegalArgumentException problem) {
      throw new IllegalArgumentException("layer " + name + ": " + problem.getMessage(), problem);
    }
    last = name;
    return this;
  }

  private Shape shapeOf(String name) {
    return name.equals(Graph.INPUT) ? input : nodes.get(name).output();
  }
}
