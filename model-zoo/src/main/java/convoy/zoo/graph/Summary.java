package convoy.zoo.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a table shows about a network. No memory is taken for its parameters.
 *
 * @param trainableLayers counted as the papers do: convolution, dense and RBF layers on the longest
 *     path
 * @param parameters trainable numbers that inference uses, without running statistics
 * @param trainingParameters all trainable numbers, including those that only training uses
 * @param multiplyAdds for one picture in inference, in convolution, subsampling, dense and RBF
 *     layers
 */
public record Summary(
    int trainableLayers,
    long parameters,
    long trainingParameters,
    long multiplyAdds,
    List<Row> layers) {

  /**
   * One layer. Kernel, stride and padding are null for a layer without a window.
   *
   * @param outputShape [channels, height, width], or [values] from the first dense layer on
   */
  public record Row(
      String name,
      String kind,
      Integer kernel,
      Integer stride,
      Integer padding,
      List<Integer> outputShape,
      long parameters,
      long multiplyAdds) {

    /** Returns the bytes of the layer's output for one picture in float32. */
    public long activationBytes() {
      return outputShape.stream()
          .mapToLong(Integer::longValue)
          .reduce(Float.BYTES, Math::multiplyExact);
    }
  }

  /**
   * Returns the bytes that one picture takes in inference if the outputs of all layers are kept.
   */
  public long activationBytes() {
    return layers.stream().mapToLong(Row::activationBytes).sum();
  }

  /** Computes the summary from the graph alone. */
  public static Summary of(Graph graph) {
    List<Row> rows = rows(graph.inference());
    return new Summary(
        trainableLayers(graph),
        rows.stream().mapToLong(Row::parameters).sum(),
        trainable(graph.parameters()),
        rows.stream().mapToLong(Row::multiplyAdds).sum(),
        rows);
  }

  private static List<Row> rows(Graph graph) {
    Set<String> vectors = new HashSet<>();
    List<Row> rows = new ArrayList<>();
    for (Graph.Node node : graph.nodes()) {
      if (node.layer().flattens() || vectors.containsAll(node.inputs())) {
        vectors.add(node.name());
      }

      rows.add(row(node, vectors.contains(node.name())));
    }
    return rows;
  }

  private static Row row(Graph.Node node, boolean vector) {
    Window window = node.layer().window();
    Shape output = node.output();
    return new Row(
        node.name(),
        node.layer().kind(),
        window == null ? null : window.kernel(),
        window == null ? null : window.stride(),
        window == null ? null : window.padding(),
        vector
            ? List.of(output.size())
            : List.of(output.channels(), output.height(), output.width()),
        trainable(node.parameters()),
        node.multiplyAdds());
  }

  private static long trainable(List<Parameter> parameters) {
    return parameters.stream().filter(Parameter::trainable).mapToLong(Parameter::size).sum();
  }

  private static int trainableLayers(Graph graph) {
    Map<String, Integer> depths = new HashMap<>(Map.of(Graph.INPUT, 0));
    for (Graph.Node node : graph.nodes()) {
      int before = node.inputs().stream().mapToInt(depths::get).max().orElse(0);
      depths.put(node.name(), before + (counts(node.layer()) ? 1 : 0));
    }
    return depths.get(graph.output().name());
  }

  private static boolean counts(Layer layer) {
    return layer.accept(
        new UsualAnswer<>(layer.flattens()) {
          @Override
          public Boolean convolution(Convolution convolution) {
            return true;
          }
        });
  }
}
