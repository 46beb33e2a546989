package convoy.zoo.importing;

import convoy.zoo.format.ModelFormatException;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Parameter;
import convoy.zoo.graph.Shape;
import io.jhdf.HdfFile;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Keras model. Its n-th layer with weights is the network's n-th one. Kernels are [height, width,
 * in, out] and dense weights [in, out], no matter in which order the pictures have their axes.
 *
 * @param theano whether the kernels were trained with Theano, which flips them along height and
 *     width
 */
record KerasFile(HdfFile file, KerasModel model, boolean theano, List<Stored> stored)
    implements WeightsFile {
  /**
   * Matches the last part of a name, such as {@code kernel:0}, {@code conv2d_1_W:0} or {@code
   * bias}.
   */
  private static final Pattern ROLE = Pattern.compile("(?:.*[/_])?(?:(kernel|W)|(bias|b))(?::0)?");

  /** A tensor in the file with a name such as {@code LAYER/...}. */
  record Stored(String name, List<Integer> shape, SourceTensor.Numbers numbers) {
    String layer() {
      return name.substring(0, Math.max(0, name.indexOf('/')));
    }
  }

  @Override
  public Optional<Shape> input() {
    return model.input();
  }

  @Override
  public void check(Graph graph) throws ModelFormatException {
    Shape input = input().orElse(graph.input());
    if (!input.equals(graph.input())) {
      throw new ModelFormatException(
          "the file's network takes %s, %s takes %s; give another input size"
              .formatted(input, graph.name(), graph.input()));
    }

    List<LayerFacts> ours = LayerFacts.of(graph);
    List<LayerFacts> theirs =
        KerasChain.of(model, input).stream().map(KerasChain.Placed::facts).toList();
    LayerFacts.check(theirs, graph.name(), ours);
  }

  @Override
  public List<SourceTensor> tensors(Graph graph) throws ModelFormatException {
    Map<String, KerasChain.Placed> layers = new HashMap<>();
    Map<String, String> nodes = new HashMap<>();
    Iterator<Graph.Node> ours =
        graph.inference().nodes().stream().filter(node -> !node.parameters().isEmpty()).iterator();
    for (KerasChain.Placed placed : KerasChain.of(model, input().orElse(graph.input()))) {
      if (placed.hasWeights() && ours.hasNext()) {
        layers.put(placed.layer().name(), placed);
        nodes.put(placed.layer().name(), ours.next().name());
      }
    }

    List<SourceTensor> tensors = new ArrayList<>();
    for (Stored tensor : stored) {
      Matcher role = ROLE.matcher(tensor.name());
      String node = nodes.get(tensor.layer());
      boolean known = node != null && role.matches();
      boolean weight = known && role.group(1) != null;
      tensors.add(
          new SourceTensor(
              tensor.name(),
              tensor.shape(),
              known ? (weight ? Parameter.weight(node) : Parameter.bias(node)) : null,
              weight
                  ? view(layers.get(tensor.layer()), tensor.shape())
                  : TensorView.rowMajor(tensor.shape()),
              tensor.numbers()));
    }

    return tensors;
  }

  private TensorView view(KerasChain.Placed placed, List<Integer> shape)
      throws ModelFormatException {
    TensorView stored = TensorView.rowMajor(shape);
    if (shape.size() == 4) {
      return kernels(placed.layer(), stored);
    } else if (shape.size() != 2) {
      return stored; // No parameter has this shape, which a later check reports.
    }

    Shape planes = placed.interleaved();
    if (planes == null || planes.size() != shape.get(0) || planes.size() == planes.channels()) {
      return stored.permuted(1, 0).described("[in, out] to [out, in]");
    }

    return stored
        .firstAxisAs(planes.height(), planes.width(), planes.channels())
        .permuted(3, 2, 0, 1)
        .shaped(List.of(shape.get(1), shape.get(0)))
        .described("[(H, W, C), out] to [out, (C, H, W)]");
  }

  private TensorView kernels(KerasLayer layer, TensorView stored) throws ModelFormatException {
    if (layer.hasTheanoKernels()) {
      throw new ModelFormatException(
          "layer %s has kernels in Theano's order of Keras 1, which does not tell whether they are"
                  .formatted(layer.name())
              + " turned by 180 degrees; load and save the model with Keras 2");
    }

    TensorView view = stored.permuted(3, 2, 0, 1).described("HWIO to OIHW");
    return theano ? view.reversed(2).reversed(3).described("turned by 180 degrees") : view;
  }

  static FloatBuffer floats(String tensor, Object numbers) throws ModelFormatException {
    if (numbers instanceof float[] floats) {
      return FloatBuffer.wrap(floats);
    } else if (numbers instanceof double[] doubles) {
      FloatBuffer floats = FloatBuffer.allocate(doubles.length);
      for (double number : doubles) {
        floats.put((float) number);
      }

      return floats.flip();
    }

    throw new ModelFormatException(
        "tensor %s holds no floating-point numbers but %s; save the model in float32"
            .formatted(tensor, numbers.getClass().getSimpleName()));
  }

  @Override
  public void close() {
    file.close();
  }
}
