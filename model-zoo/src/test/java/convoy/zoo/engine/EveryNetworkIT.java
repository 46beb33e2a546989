package convoy.zoo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.zoo.Architecture;
import convoy.zoo.Zoo;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Parameter;
import convoy.zoo.optimizer.OptimizerSpec;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every network of the zoo, with ten classes and the smallest picture that fits. */
class EveryNetworkIT {
  private static final OptimizerSpec SGD = new OptimizerSpec("sgd", 0.9, 0.0005, 2, 0);

  static List<Architecture> architectures() {
    return Zoo.architectures();
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void theLayoutHoldsTheGraphsTensorsOneAfterAnother(Architecture architecture) {
    Graph graph = smallest(architecture).inference();
    try (Network network = Engines.open("auto", new NetworkSpec(graph, null, 1, 1))) {
      int offset = 0;
      List<ParameterLayout.Tensor> tensors = network.layout().tensors();
      assertThat(tensors).hasSameSizeAs(graph.parameters());
      for (int i = 0; i < tensors.size(); i++) {
        Parameter parameter = graph.parameters().get(i);
        assertThat(tensors.get(i))
            .isEqualTo(
                new ParameterLayout.Tensor(
                    parameter.name(), parameter.shape(), parameter.bias(), offset));
        offset += parameter.size();
      }

      assertThat(network.parameters().length()).isEqualTo(offset);
      assertThat(network.layout().length()).isEqualTo(offset);
      assertThat(network.optimizerState().length()).isZero();
    }
  }

  /** Forward is finite, every tensor gets a gradient, inference leaves out what training adds. */
  @ParameterizedTest
  @MethodSource("architectures")
  void everyTensorLearnsAtTheSmallestPicture(Architecture architecture) {
    Graph graph = smallest(architecture);
    Minibatch batch = Minibatch.drawn(graph, 2, 1);
    float[] trained;
    try (Network network = Engines.open("auto", new NetworkSpec(graph, SGD, 2, 1))) {
      network.initialize(42);
      assertThat(network.computeGradient(batch.images(), batch.labels(), 2, 1)).isFinite();
      float[] gradient = Minibatch.values(network.gradient());
      for (ParameterLayout.Tensor tensor : network.layout().tensors()) {
        double norm = 0;
        for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
          norm += (double) gradient[i] * gradient[i];
        }

        assertThat(norm).as("gradient of %s", tensor.name()).isFinite().isPositive();
      }

      trained = predict(network, batch);
    }

    try (Network network = Engines.open("auto", new NetworkSpec(graph, null, 2, 1))) {
      network.initialize(42);
      assertThat(predict(network, batch)).isEqualTo(trained);
    }
  }

  private static Graph smallest(Architecture architecture) {
    int channels = architecture.defaultInputChannels();
    for (int size = 8; ; size++) {
      try {
        return architecture.graph(new Architecture.Options(10, size, channels, -1, "paper"));
      } catch (IllegalArgumentException tooSmall) {
        assertThat(size).isLessThan(architecture.defaultInputSize());
      }
    }
  }

  private static float[] predict(Network network, Minibatch batch) {
    FloatBuffer probabilities = Minibatch.direct(batch.size() * 10);
    network.predict(batch.images(), batch.size(), probabilities);
    float[] values = new float[probabilities.capacity()];
    probabilities.get(0, values);
    return values;
  }
}
