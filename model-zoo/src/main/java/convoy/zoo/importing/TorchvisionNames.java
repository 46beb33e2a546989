package convoy.zoo.importing;

import convoy.zoo.Zoo;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.graph.Activation;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Dropout;
import convoy.zoo.graph.FullyConnected;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Layer;
import convoy.zoo.graph.Parameter;
import convoy.zoo.graph.UsualAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Knows torchvision's names for the networks that are the same there: {@code features.N} up to the
 * last pool and {@code classifier.N} after it. N counts every module, including activations and
 * dropout. A Fire module counts once; its layers are {@code features.N.squeeze} and so on.
 */
public final class TorchvisionNames {
  private static final Set<String> NETWORKS =
      Set.of(
          "alexnet-one-tower",
          "vgg11",
          "vgg13",
          "vgg16",
          "vgg19",
          "squeezenet-1.0",
          "squeezenet-1.1");

  private TorchvisionNames() {}

  /**
   * Maps each parameter to torchvision's name for it, in the graph's order. The map is empty for a
   * network that torchvision doesn't have.
   */
  public static Map<String, String> of(Graph graph) {
    Map<String, String> names = new LinkedHashMap<>();
    if (!NETWORKS.contains(graph.name()) || !isPaperForm(graph)) {
      return names;
    }

    String part = "features.";
    int module = 0;
    for (Graph.Node node : graph.nodes()) {
      Layer layer = node.layer();
      if (isClassifier(layer) && part.equals("features.")) {
        part = "classifier.";
        module = 0;
      }

      int dot = node.name().indexOf('.');
      String inner = dot < 0 ? "" : node.name().substring(dot).replace("squeeze1x1", "squeeze");
      for (Parameter parameter : node.parameters()) { // Both name a layer's tensors alike.
        names.put(
            parameter.name(),
            part + module + inner + parameter.name().substring(node.name().length()));
      }

      if (dot < 0) { // The module of an inner layer ends with the layer that joins its branches.
        module += layer.activation() == Activation.NONE ? 1 : 2;
      }
    }

    return names;
  }

  /**
   * Returns whether the graph has the paper's form. Torchvision's networks differ from small forms
   * and from forms with batch normalization.
   */
  private static boolean isPaperForm(Graph graph) {
    Architecture.Options options =
        new Architecture.Options(
            graph.classes(), graph.input().width(), graph.input().channels(), -1, "paper");
    try {
      return shapes(Zoo.architecture(graph.name()).graph(options)).equals(shapes(graph));
    } catch (IllegalArgumentException tooSmallForIt) {
      return false;
    }
  }

  private static List<String> shapes(Graph graph) {
    return graph.parameters().stream()
        .map(parameter -> parameter.name() + parameter.shape())
        .toList();
  }

  private static boolean isClassifier(Layer layer) {
    return layer.accept(
        new UsualAnswer<>(false) {
          @Override
          public Boolean fullyConnected(FullyConnected dense) {
            return true;
          }

          @Override
          public Boolean dropout(Dropout dropout) {
            return true;
          }
        });
  }

  /** Returns the same layout with different names for its tensors. */
  public static ParameterLayout renamed(ParameterLayout layout, Map<String, String> names) {
    return new ParameterLayout(
        layout.tensors().stream()
            .map(
                tensor ->
                    new ParameterLayout.Tensor(
                        names.get(tensor.name()), tensor.shape(), tensor.kind(), tensor.offset()))
            .toList());
  }
}
