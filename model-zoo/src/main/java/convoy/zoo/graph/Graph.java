package convoy.zoo.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A network as a value. The nodes are in topological order, each with its layer, the names of its
 * inputs ({@link #INPUT} is the picture) and its output shape. The last node is the output.
 *
 * @param heads auxiliary classifiers, which only training uses
 */
public record Graph(String name, Shape input, int classes, List<Node> nodes, List<Head> heads) {
  /** The name that a node gives for the picture as its input. */
  public static final String INPUT = "input";

  /** One layer with its place in the network. {@code output} leaves out the batch dimension. */
  public record Node(
      String name,
      Layer layer,
      List<String> inputs,
      Shape output,
      List<Parameter> parameters,
      long multiplyAdds) {

    public Node {
      inputs = List.copyOf(inputs);
      parameters = List.copyOf(parameters);
    }
  }

  /**
   * An auxiliary classifier (Szegedy et al. 2014, section 5).
   *
   * @param output name of its softmax
   * @param weight of its loss, where the loss of the output has weight 1
   */
  public record Head(String output, double weight) {}

  public Graph {
    nodes = List.copyOf(nodes);
    heads = List.copyOf(heads);
    Set<String> known = new HashSet<>(Set.of(INPUT));
    for (Node node : nodes) {
      if (!known.containsAll(node.inputs()) || !known.add(node.name())) {
        throw new IllegalArgumentException(
            "layer " + node.name() + " comes twice or before its inputs " + node.inputs());
      }
    }
    if (nodes.isEmpty() || nodes.get(nodes.size() - 1).output().size() != classes) {
      throw new IllegalArgumentException(
          "the last layer does not give one value for each of " + classes + " classes");
    }
  }

  /**
   * Returns all tensors in the order of the nodes. Within a node, weights come before biases and
   * statistics come last.
   */
  public List<Parameter> parameters() {
    return nodes.stream().flatMap(node -> node.parameters().stream()).toList();
  }

  /**
   * Returns the last layer with weights before the output, followed by the last one before each
   * auxiliary output. A batch normalization stands there together with the layer that it
   * normalizes.
   */
  public List<String> classifiers() {
    List<String> outputs = new ArrayList<>(List.of(output().name()));
    heads.forEach(head -> outputs.add(head.output()));
    return outputs.stream().flatMap(this::classifier).toList();
  }

  private Stream<String> classifier(String output) {
    String reached = output;
    Deque<String> found = new ArrayDeque<>();
    boolean normalized = false;
    for (int i = nodes.size() - 1; found.isEmpty() || normalized; i--) {
      Node node = nodes.get(i);
      if (node.name().equals(reached)) {
        normalized = !node.parameters().stream().allMatch(Parameter::trainable);
        reached = node.inputs().get(0);
        if (!node.parameters().isEmpty()) {
          found.addFirst(node.name());
        }
      }
    }

    return found.stream();
  }

  public Node output() {
    return nodes.get(nodes.size() - 1);
  }

  /** Returns the graph without the nodes that only training uses. */
  public Graph inference() {
    if (heads.isEmpty()) {
      return this;
    }

    Set<String> needed = new HashSet<>(Set.of(output().name()));
    ArrayDeque<Node> kept = new ArrayDeque<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      if (needed.contains(nodes.get(i).name())) {
        needed.addAll(nodes.get(i).inputs());
        kept.addFirst(nodes.get(i));
      }
    }

    return new Graph(name, input, classes, List.copyOf(kept), List.of());
  }
}
