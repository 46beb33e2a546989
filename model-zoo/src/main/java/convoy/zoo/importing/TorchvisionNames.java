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
 * dropout.
 */
public final class TorchvisionNames {
  private static final Set<String> NETWORKS =
      Set.of("alexnet-one-tower", "vgg11", "vgg13", "vgg16", "vgg19");

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

      for (Parameter parameter : node.parameters()) { // Both name a layer's tensors alike.
        names.put(
            parameter.name(), part + module + parameter.name().substring(node.name().length()));
      }

      module += layer.activation() == Activation.NONE ? 1 : 2;
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
