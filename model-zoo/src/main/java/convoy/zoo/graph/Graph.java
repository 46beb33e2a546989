package convoy.zoo.graph;

import java.util.List;

/**
 * A network as a value: nodes in topological order, each with its layer, the names of its inputs
 * ({@link #INPUT} is the picture) and its output shape. The last node is the output.
 */
public record Graph(String name, Shape input, int classes, List<Node> nodes) {
  /** The name of the picture as a node's input. */
  public static final String INPUT = "input";

  /** One layer in its place. {@code output} excludes the batch. */
  public record Node(
      String name,
      Layer layer,
      List<String> inputs,
      Shape output,
      List<Parameter> parameters,
      long multiplyAdds) {}

  public Graph {
    nodes = List.copyOf(nodes);
  }

  /** All trainable tensors in node order, weight before bias. */
  public List<Parameter> parameters() {
    return nodes.stream().flatMap(node -> node.parameters().stream()).toList();
  }

  public Node output() {
    return nodes.get(nodes.size() - 1);
  }
}
