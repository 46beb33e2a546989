package convoy.zoo.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.zoo.FrozenLayers;
import convoy.zoo.Variant;
import convoy.zoo.Zoo;
import convoy.zoo.engine.Minibatch;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.engine.OptimizerSpec;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.graph.Graph;
import convoy.zoo.natives.Nd4jRuntime;
import convoy.zoo.optimizer.Sgd;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Counts steps to measure the work: frozen layers run in the forward pass and never in the backward
 * pass.
 */
class FrozenStepsTest {
  private static final OptimizerSpec SGD = Sgd.spec(0.9, 0.05, 2, 1);

  /**
   * lenet5-modern has 4 layers with maps and 4 after them. The small vgg11 has 8 x 2 + 5 layers
   * with maps and 2 after them.
   */
  @ParameterizedTest
  @CsvSource({
    "lenet5-modern, none, 8",
    "lenet5-modern, conv1, 6",
    "lenet5-modern, pool1, 6",
    "lenet5-modern, features, 4",
    "lenet5-modern, fc4, 2",
    "vgg11, none, 23",
    "vgg11, conv1_1, 22",
    "vgg11, features, 2",
  })
  void aBackwardPassTakesOnlyTheStepsThatLearn(String name, String freeze, int backward) {
    Graph graph = graph(name);
    Set<String> frozen = FrozenLayers.of(graph, freeze);
    Nd4jRuntime.load();
    try (ParameterBlock parameters = new ParameterBlock(graph, true, frozen);
        Steps steps = new Steps(graph, parameters, 1)) {
      assertThat(steps.backwardSteps()).isEqualTo(backward);
      for (Graph.Node node : graph.nodes()) {
        if (frozen.contains(node.name())) {
          assertThat(steps.tensor(node.name()).differentiable()).as(node.name()).isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "lenet5-modern, features",
    "lenet5, s4",
    "vgg11, conv3_1.bn",
    "vgg11, features",
    "googlenet, inception4c",
    "alexnet, conv4",
  })
  void frozenTensorsKeepEveryBitAndTheOthersMove(String name, String freeze) {
    Graph graph = graph(name);
    Set<String> frozen = FrozenLayers.of(graph, freeze);
    Minibatch batch = Minibatch.drawn(graph, 4, 1);
    try (Network network = Nd4jNetwork.open(new NetworkSpec(graph, SGD, 4, 1).withFrozen(frozen))) {
      network.initialize(1);
      float[] before = Minibatch.values(network.parameters());
      for (int i = 0; i < 3; i++) {
        network.computeGradient(batch.images(), batch.labels(), 4, i);
        network.update(0.001, 0);
      }

      float[] after = Minibatch.values(network.parameters());
      float[] momentum = Minibatch.values(network.optimizerState());
      for (ParameterLayout.Tensor tensor : network.layout().tensors()) {
        float[] then = part(before, tensor);
        if (frozen.contains(tensor.layer())) {
          assertThat(part(after, tensor)).as(tensor.name()).isEqualTo(then);
          assertThat(part(momentum, tensor)).as(tensor.name()).containsOnly(0);
        } else {
          assertThat(part(after, tensor)).as(tensor.name()).isNotEqualTo(then);
        }
      }
    }
  }

  private static float[] part(float[] values, ParameterLayout.Tensor tensor) {
    return Arrays.copyOfRange(values, tensor.offset(), tensor.offset() + tensor.size());
  }

  private static Graph graph(String name) {
    boolean normalized = name.equals("vgg11") || name.equals("googlenet");
    return new Variant(Zoo.architecture(name), "small", normalized).graph(10);
  }
}
