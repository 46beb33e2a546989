package convoy.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import convoy.zoo.graph.Convolution;
import convoy.zoo.graph.Graph;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrozenLayersTest {
  static List<Variant> variants() {
    return Variant.all();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void featuresAreAllConvolutionsOnTheWayAndNothingThatIsFullyConnectedOrClassifies(
      Variant variant) {
    Graph graph = variant.graph(10);
    Set<String> frozen = FrozenLayers.of(graph, "features");
    Set<String> onTheWay = Set.copyOf(names(graph.inference()));
    for (Graph.Node node : graph.nodes()) {
      if (node.layer().flattens()) {
        assertThat(frozen).doesNotContain(node.name());
      } else if (node.layer() instanceof Convolution) {
        boolean classifies = graph.classifiers().contains(node.name());
        assertThat(frozen.contains(node.name()))
            .isEqualTo(onTheWay.contains(node.name()) && !classifies);
      }
    }
  }

  @Test
  void aLayerIsFrozenWithAllBeforeIt() {
    Graph graph = graph("alexnet");
    assertThat(FrozenLayers.of(graph, "pool1")).containsExactly("conv1", "norm1", "pool1");
    assertThat(FrozenLayers.of(graph, "none")).isEmpty();
    assertThat(FrozenLayers.of(graph("googlenet"), "inception4b"))
        .contains("inception4a", "inception4b.poolProj")
        .noneMatch(name -> name.startsWith("auxiliary"));
  }

  @Test
  void anUnknownLayerAndNothingLeftAreSaid() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrozenLayers.of(graph("alexnet"), "pol1"))
        .withMessage(
            "'pol1' is no layer of alexnet: give none, features or a layer that convoy models"
                + " alexnet prints; did you mean 'pool1'?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrozenLayers.of(graph("lenet5"), "f6"))
        .withMessage("'f6' leaves no layer of lenet5 to train");
  }

  private static List<String> names(Graph graph) {
    return graph.nodes().stream().map(Graph.Node::name).toList();
  }

  private static Graph graph(String name) {
    return Zoo.architecture(name).graph(Zoo.architecture(name).defaults());
  }
}
